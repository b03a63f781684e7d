#include "bound.hpp"

#include <algorithm>
#include <chrono>

namespace bench {

Work forward_work(std::size_t rows, const std::vector<std::size_t>& widths) {
  const double n = static_cast<double>(rows);
  Work sum;
  for (std::size_t l = 0; l + 1 < widths.size(); ++l) {
    const double k = static_cast<double>(widths[l]), d = static_cast<double>(widths[l + 1]);
    sum = sum + product(n, k, d) + each(n * d, 2, 2);
  }
  return sum;
}

Work backward_work(std::size_t rows, const std::vector<std::size_t>& widths) {
  const double n = static_cast<double>(rows);
  Work sum;
  for (std::size_t l = 0; l + 1 < widths.size(); ++l) {
    const double k = static_cast<double>(widths[l]), d = static_cast<double>(widths[l + 1]);
    sum = sum + (l > 0 ? 2 : 1) * product(n, k, d) + each(n * d, 2, 3);
  }
  return sum;
}

Work step_work(std::size_t rows, const std::vector<std::size_t>& widths) {
  double parameters = 0;
  for (std::size_t l = 0; l + 1 < widths.size(); ++l)
    parameters += static_cast<double>((widths[l] + 1) * widths[l + 1]);
  return forward_work(rows, widths) + backward_work(rows, widths) +
         each(static_cast<double>(rows * widths.back()), 4, 3) + each(parameters, 13, 8);
}

double seconds(const std::function<void()>& f) {
  const auto start = std::chrono::steady_clock::now();
  f();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace bench
