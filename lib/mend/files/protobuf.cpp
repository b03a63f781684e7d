#include "mend/files/protobuf.hpp"

#include <bit>

namespace mend {

// Seven bits a byte, the lowest first; the eighth says that more follow.
void ProtobufMessage::varint(std::uint64_t value) {
  for (; value >= 128; value >>= 7) bytes_ += static_cast<char>((value & 127) | 128);
  bytes_ += static_cast<char>(value);
}

ProtobufMessage& ProtobufMessage::number(int field, std::uint64_t value) {
  tag(field, 0);
  varint(value);
  return *this;
}

ProtobufMessage& ProtobufMessage::real(int field, float value) {
  tag(field, 5);
  const auto bits = std::bit_cast<std::uint32_t>(value);
  for (int shift = 0; shift < 32; shift += 8) bytes_ += static_cast<char>(bits >> shift & 255);
  return *this;
}

ProtobufMessage& ProtobufMessage::text(int field, std::string_view value) {
  tag(field, 2);
  varint(value.size());
  bytes_ += value;
  return *this;
}

}  // namespace mend
