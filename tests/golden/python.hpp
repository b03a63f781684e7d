#pragma once

#include <cstdint>
#include <filesystem>
#include <type_traits>

#include "mend/tensor/tensor.hpp"

// What make_python_golden.py wrote, and what stands in its arrays.
namespace mend::test {

inline const std::filesystem::path python_golden = "tests/golden/python";

/// 0, 1/4, 2/4, ..., or bytes 0, 1, 2, ...
template <class T>
Tensor<T> count(const Shape& shape) {
  Tensor<T> x(shape);
  for (std::size_t i = 0; i < x.size(); ++i)
    x[i] = static_cast<T>(std::is_integral_v<T> ? static_cast<double>(i) : static_cast<double>(i) / 4);
  return x;
}

}  // namespace mend::test
