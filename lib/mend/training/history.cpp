#include "mend/training/history.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

#include "mend/files/csv.hpp"
#include "mend/files/printable.hpp"
#include "mend/tensor/error.hpp"

namespace mend {
namespace {

constexpr std::string_view header = "epoch,loss,validation_loss,learning_rate";

Csv table(const History& history) {
  Csv csv({"epoch", "loss", "validation_loss", "learning_rate"});
  for (const EpochRecord& record : history)
    csv.add({record.epoch, record.loss, record.validation_loss, record.learning_rate});
  return csv;
}

// Takes the text up to the next separator, and the separator, off the front.
std::string_view take(std::string_view& text, char separator) {
  const std::size_t length = std::min(text.find(separator), text.size());
  const std::string_view front = text.substr(0, length);
  text.remove_prefix(std::min(length + 1, text.size()));
  return front;
}

// from_chars knows no locale: the point is a point everywhere.
template <class Number>
bool parse(std::string_view text, Number& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

bool parse_or_empty(std::string_view text, double& value) {
  value = std::numeric_limits<double>::quiet_NaN();
  return text.empty() || parse(text, value);
}

bool parse_record(std::string_view line, EpochRecord& record) {
  return std::count(line.begin(), line.end(), ',') == 3 && parse(take(line, ','), record.epoch) &&
         parse_or_empty(take(line, ','), record.loss) &&
         parse_or_empty(take(line, ','), record.validation_loss) &&
         parse_or_empty(line, record.learning_rate);
}

}  // namespace

std::string history_to_csv(const History& history) { return table(history).text(); }

History history_from_csv(std::string_view csv) {
  if (const std::string_view found = take(csv, '\n'); found != header)
    throw Error("history: expected the columns " + std::string(header) + ", found " + printable(found));
  History history;
  while (!csv.empty()) {
    const std::string_view line = take(csv, '\n');
    EpochRecord record;
    if (!parse_record(line, record) || record.epoch != history.size() + 1)
      throw Error("history: expected epoch " + std::to_string(history.size() + 1) +
                  " and three numbers, each of which may be empty, found " + printable(line));
    history.push_back(record);
  }
  return history;
}

void save_history(const std::filesystem::path& path, const History& history) { table(history).save(path); }

}  // namespace mend
