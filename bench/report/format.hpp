#pragma once

#include <string>
#include <vector>

// Numbers and tables as people read them.
namespace bench {

/// So many significant digits, never in powers of ten: digits(1234.5, 3) is "1,230", digits(0.01234, 3) is "0.0123". A
/// dash for what is not finite.
std::string digits(double number, int significant = 3);
/// Seconds with their unit: "12.3 ns", "4.56 ms".
std::string time_text(double seconds);
/// The number rounded to so many significant digits.
double rounded(double number, int significant);

/// A table in Markdown; the first column is text, the others are numbers.
std::string markdown_table(const std::vector<std::string>& head,
                           const std::vector<std::vector<std::string>>& rows);
/// The same for a terminal: aligned, without rules.
std::string plain_table(const std::vector<std::string>& head,
                        const std::vector<std::vector<std::string>>& rows);

}  // namespace bench
