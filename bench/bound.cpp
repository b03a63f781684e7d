#include "bound.hpp"

#include <cblas.h>

#include <algorithm>
#include <chrono>

namespace bench {
namespace {

// C = op(A) op(B), row-major: C is (m, n) and k is what is summed over.
void sgemm(CBLAS_TRANSPOSE a_as, CBLAS_TRANSPOSE b_as, std::size_t m, std::size_t n, std::size_t k,
           const Tensor& a, const Tensor& b, Tensor& c) {
  const auto extent = [](std::size_t size) { return static_cast<blasint>(size); };
  cblas_sgemm(CblasRowMajor, a_as, b_as, extent(m), extent(n), extent(k), 1, a.data(),
              extent(a_as == CblasNoTrans ? k : m), b.data(), extent(b_as == CblasNoTrans ? n : k), 0,
              c.data(), extent(n));
}

}  // namespace

Products::Products(std::size_t rows, const std::vector<std::size_t>& widths) : rows_(rows), widths_(widths) {
  for (const std::size_t width : widths) {
    values_.push_back(uniform({rows, width}));
    slopes_.push_back(uniform({rows, width}));
  }
  for (std::size_t l = 0; l + 1 < widths.size(); ++l) {
    weights_.push_back(uniform({widths[l], widths[l + 1]}));
    gradients_.push_back(uniform({widths[l], widths[l + 1]}));
  }
}

void Products::forward() {
  for (std::size_t l = 0; l < weights_.size(); ++l)
    sgemm(CblasNoTrans, CblasNoTrans, rows_, widths_[l + 1], widths_[l], values_[l], weights_[l],
          values_[l + 1]);
}

void Products::backward(bool to_input) {
  for (std::size_t l = weights_.size(); l-- > 0;) {
    sgemm(CblasTrans, CblasNoTrans, widths_[l], widths_[l + 1], rows_, values_[l], slopes_[l + 1],
          gradients_[l]);
    if (l > 0 || to_input)
      sgemm(CblasNoTrans, CblasTrans, rows_, widths_[l], widths_[l + 1], slopes_[l + 1], weights_[l],
            slopes_[l]);
  }
}

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
