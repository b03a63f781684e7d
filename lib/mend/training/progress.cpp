#include "mend/training/progress.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <limits>
#include <utility>

namespace mend {
namespace {

constexpr std::size_t columns = 79;  // in the 80th some terminals break the line
constexpr double seconds_between_updates = 0.1;

template <class... Values>
std::string format(const char* pattern, Values... values) {
  char text[columns + 1];
  std::snprintf(text, sizeof text, pattern, values...);
  return text;
}

// "0:09", "12:34", "2:05:00"
std::string as_time(double seconds) {
  const long s = std::lround(std::min(seconds, 359'999.0));  // 99:59:59
  return s < 3600 ? format("%ld:%02ld", s / 60, s % 60)
                  : format("%ld:%02ld:%02ld", s / 3600, s / 60 % 60, s % 60);
}

}  // namespace

double steady_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

ProgressBar::ProgressBar(std::ostream& out, bool is_terminal, std::size_t first, std::size_t epochs,
                         std::function<double()> clock)
    : out_(out),
      shown_(is_terminal),
      first_(first),
      epochs_(epochs),
      clock_(std::move(clock)),
      start_(clock_()),
      last_drawn_(-std::numeric_limits<double>::infinity()),
      validation_loss_(std::numeric_limits<double>::quiet_NaN()) {}

ProgressBar::~ProgressBar() {
  if (line_is_open_) out_ << '\n' << std::flush;
}

void ProgressBar::update(std::size_t epoch, double share, double loss) {
  if (shown_ && clock_() - last_drawn_ >= seconds_between_updates) draw(epoch, share, loss);
}

void ProgressBar::finish_epoch(const EpochRecord& record) {
  validation_loss_ = record.validation_loss;
  if (record.epoch != epochs_)
    update(record.epoch, 1, record.loss);
  else if (shown_)
    draw(record.epoch, 1, record.loss);
}

void ProgressBar::draw(std::size_t epoch, double share, double loss) {
  std::string text = line(epoch, share, loss).substr(0, columns);
  text.resize(columns, ' ');  // over whatever stood there
  out_ << '\r' << text << std::flush;
  line_is_open_ = true;
  last_drawn_ = clock_();
}

std::string ProgressBar::line(std::size_t epoch, double share, double loss) const {
  const std::string before = format("epoch %zu/%zu [", epoch, epochs_);
  std::string after = format("] %3.0f%%  loss %.4g", std::floor(100 * share), loss);
  if (!std::isnan(validation_loss_)) after += format("  val %.4g", validation_loss_);
  const double done = static_cast<double>(epoch - first_) + share;  // epochs of this run
  if (done > 0) {
    const double per_epoch = (clock_() - start_) / done;
    const double to_come = static_cast<double>(epochs_ - first_ + 1) - done;
    after += format("  %.3g s/epoch  ETA ", per_epoch) + as_time(per_epoch * to_come);
  }
  const std::size_t text = before.size() + after.size();
  const std::size_t width = text + 6 < columns ? std::min<std::size_t>(columns - text, 30) : 6;
  const std::size_t filled = static_cast<std::size_t>(share * static_cast<double>(width));
  std::string bar = std::string(filled, '=') + (filled < width ? ">" : "");
  bar.resize(width, ' ');
  return before + bar + after;
}

}  // namespace mend
