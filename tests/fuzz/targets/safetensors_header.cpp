// The header alone, behind eight bytes that say how many bytes of data follow it: its tensors must share them out, each
// byte to one.
#include "mend/files/safetensors_header.hpp"

#include <cstring>

#include "fuzz/target.hpp"

namespace mend::fuzz {

std::vector<std::string> seeds() {
  const std::string header =
      R"({"__metadata__":{"k":"v"},"a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},)"
      R"("b":{"dtype":"F64","shape":[],"data_offsets":[24,32]},"c":{"dtype":"U8","shape":[0,7],"data_offsets":[32,32]}})";
  return {std::string("\x20\0\0\0\0\0\0\0", 8) + header, std::string(8, '\0') + "{}      "};
}

bool try_input(const std::string& bytes) {
  std::uint64_t size = 0;
  if (bytes.size() < sizeof size) return false;
  std::memcpy(&size, bytes.data(), sizeof size);
  const auto header =
      attempt([&] { return parse_safetensors_header(std::string_view(bytes).substr(8), size); });
  if (!header) return false;
  std::uint64_t end = 0;
  for (const auto& [name, entry] : header->tensors) {
    const std::size_t width = entry.type == StoredType::f64 ? 8 : entry.type == StoredType::f32 ? 4 : 1;
    require(entry.begin == end, "tensors have neither gap nor overlap");
    require(entry.shape.size() == (entry.end - entry.begin) / width && (entry.end - entry.begin) % width == 0,
            "the bytes are those that the shape needs");
    require(name.find("..") == std::string::npos && name.find('\0') == std::string::npos && !name.empty(),
            "names cannot lead out of a folder");
    end = entry.end;
  }
  require(end == size, "all bytes belong to a tensor");
  return true;
}

}  // namespace mend::fuzz
