#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace mend {

/// A message in the wire format of Protocol Buffers (https://protobuf.dev/programming-guides/encoding), written field by
/// field: what ONNX files consist of. Fields belong in the order of their numbers, as other writers have them.
class ProtobufMessage {
 public:
  /// A whole number, at least 0, of the types `int32`, `int64`, `uint64` and `enum`. \return this message, for the next field
  ProtobufMessage& number(int field, std::uint64_t value);
  /// A number of the type `float`.
  ProtobufMessage& real(int field, float value);
  /// A text or any bytes, of the types `string` and `bytes`.
  ProtobufMessage& text(int field, std::string_view value);
  /// A message within this one.
  ProtobufMessage& message(int field, const ProtobufMessage& value) { return text(field, value.bytes_); }

  const std::string& bytes() const { return bytes_; }  ///< What was written so far.

 private:
  void varint(std::uint64_t value);
  void tag(int field, unsigned wire_type) { varint(static_cast<std::uint64_t>(field) << 3 | wire_type); }

  std::string bytes_;
};

}  // namespace mend
