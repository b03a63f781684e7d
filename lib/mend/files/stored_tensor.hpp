#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <variant>

#include "mend/tensor/tensor.hpp"

namespace mend {

/// The element types that files store, in the order of StoredTensor's alternatives.
enum class StoredType {
  f32,  ///< "F32": float.
  f64,  ///< "F64": double.
  u8    ///< "U8": std::uint8_t.
};

/// Bytes of one element.
constexpr std::size_t element_size(StoredType type) {
  return type == StoredType::f32 ? 4 : type == StoredType::f64 ? 8 : 1;
}

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

/// A tensor of this type and shape whose elements are the bytes that `fill(char* destination, std::size_t count)` writes.
template <class Fill>
StoredTensor filled_tensor(StoredType type, const Shape& shape, const Fill& fill) {
  const auto filled = [&fill](auto tensor) -> StoredTensor {
    fill(reinterpret_cast<char*>(tensor.data()), tensor.size() * sizeof(*tensor.data()));
    return tensor;
  };
  switch (type) {
    case StoredType::f32:
      return filled(Tensor<float>::uninitialized(shape));
    case StoredType::f64:
      return filled(Tensor<double>::uninitialized(shape));
    case StoredType::u8:
      break;
  }
  return filled(Tensor<std::uint8_t>::uninitialized(shape));
}

}  // namespace mend
