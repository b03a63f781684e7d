#pragma once

#include <bit>
#include <cstdint>
#include <string_view>
#include <variant>

#include "mend/tensor/tensor.hpp"

namespace mend {

/// A tensor as files store it: of float, double or bytes.
using StoredTensor = std::variant<Tensor<float>, Tensor<double>, Tensor<std::uint8_t>>;

static_assert(std::endian::native == std::endian::little,
              "element_bytes copies what the formats want little-endian");

/// The elements as files hold them: row-major, little-endian, without gaps. Valid as long as the tensor.
inline std::string_view element_bytes(const StoredTensor& tensor) {
  return std::visit(
      [](const auto& x) {
        return std::string_view(reinterpret_cast<const char*>(x.data()), x.size() * sizeof(*x.data()));
      },
      tensor);
}

}  // namespace mend
