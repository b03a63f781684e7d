#include "products.hpp"

#include <cblas.h>

namespace bench {
namespace {

using Tensor = mend::Tensor<float>;

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
    values_.push_back(Tensor({rows, width}, 0.01f));
    slopes_.push_back(Tensor({rows, width}, 0.01f));
  }
  for (std::size_t l = 0; l + 1 < widths.size(); ++l) {
    weights_.push_back(Tensor({widths[l], widths[l + 1]}, 0.01f));
    gradients_.push_back(Tensor({widths[l], widths[l + 1]}, 0.01f));
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

}  // namespace bench
