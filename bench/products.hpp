#pragma once

#include <cstddef>
#include <vector>

#include "mend/tensor/tensor.hpp"

namespace bench {

/// The products of a chain of dense layers through OpenBLAS's sgemm, on the threads that OpenBLAS has, and on buffers
/// of their own that are as large as the network's and lie in memory as its do.
class Products {
 public:
  /// \param rows  of a batch  \param widths  of input, hidden layers and output
  Products(std::size_t rows, const std::vector<std::size_t>& widths);
  /// y = x W of each layer.
  void forward();
  /// dW = x^T dy of each layer, and dx = dy W^T of each but the first. \param to_input  of the first, too
  void backward(bool to_input = false);

 private:
  std::size_t rows_;
  std::vector<std::size_t> widths_;
  using Tensor = mend::Tensor<float>;
  std::vector<Tensor> values_, slopes_, weights_, gradients_;
};

}  // namespace bench
