#include "report/format.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace bench {
namespace {

// How wide a text is on a terminal: bytes that continue a character take no place.
std::size_t width(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

}  // namespace

double rounded(double number, int significant) {
  if (!std::isfinite(number) || number == 0) return number;
  char text[64];
  std::snprintf(text, sizeof text, "%.*e", significant - 1, number);
  return std::strtod(text, nullptr);
}

std::string digits(double number, int significant) {
  if (!std::isfinite(number)) return "–";
  if (number == 0) return "0";
  const double value = rounded(number, significant);
  const int before = static_cast<int>(std::floor(std::log10(std::abs(value)) + 1e-9)) + 1;
  std::array<char, 400> text;
  std::snprintf(text.data(), text.size(), "%.*f", std::max(0, significant - before), value);
  std::string result = text.data();
  const std::size_t end = std::min(result.find('.'), result.size()), begin = value < 0 ? 1 : 0;
  for (std::size_t at = end; at > begin + 3;) result.insert(at -= 3, ",");
  return result;
}

std::string time_text(double seconds) {
  if (!std::isfinite(seconds)) return "–";
  const double value = rounded(seconds, 3);
  if (value < 1e-6) return digits(1e9 * value) + " ns";
  if (value < 1e-3) return digits(1e6 * value) + " µs";
  if (value < 1) return digits(1e3 * value) + " ms";
  return digits(value) + " s";
}

std::string markdown_table(const std::vector<std::string>& head,
                           const std::vector<std::vector<std::string>>& rows) {
  std::string text = "|", rule = "|";
  for (const std::string& cell : head) {
    rule += rule == "|" ? ":--|" : "--:|";
    text += " " + cell + " |";
  }
  text += "\n" + rule + "\n";
  for (const auto& row : rows) {
    text += "|";
    for (const std::string& cell : row) text += " " + cell + " |";
    text += "\n";
  }
  return text + "\n";
}

std::string plain_table(const std::vector<std::string>& head,
                        const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  for (const std::string& cell : head) widths.push_back(width(cell));
  for (const auto& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width(row[i]));
  std::string text;
  const auto add = [&](const std::vector<std::string>& row) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string gap(widths[i] - width(row[i]), ' ');
      line += i == 0 ? row[i] + gap : "  " + gap + row[i];
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  };
  add(head);
  for (const auto& row : rows) add(row);
  return text;
}

}  // namespace bench
