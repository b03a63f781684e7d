#include "mend/files/safetensors.hpp"

#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "mend/files/atomic_file.hpp"
#include "mend/files/open_file.hpp"

namespace mend {
namespace {

std::string json_text(const std::string& text) {
  try {
    return nlohmann::json(text).dump();
  } catch (const nlohmann::json::exception&) {
    throw Error("save_safetensors: a name or a text of the metadata is not UTF-8");
  }
}

// Of a header; what is kept of one that long takes some 50 MiB. Networks of this library need some kilobytes.
constexpr std::uint64_t most_header_bytes = std::uint64_t{8} << 20;

std::string json_shape(const StoredTensor& stored) {  // "(2, 3)" becomes "[2,3]"
  std::string text = std::visit([](const auto& tensor) { return to_string(tensor.shape()); }, stored);
  std::erase(text, ' ');
  text.front() = '[';
  text.back() = ']';
  return text;
}

SafetensorsHeader read_header_of(std::istream& in, std::uint64_t file_size) {
  std::uint64_t length = 0;
  if (file_size < sizeof length) throw Error("it has " + std::to_string(file_size) + " bytes, fewer than 8");
  in.read(reinterpret_cast<char*>(&length), sizeof length);
  if (length > file_size - sizeof length)
    throw Error("its header shall be " + std::to_string(length) + " bytes long, but the file has only " +
                std::to_string(file_size));
  if (length > most_header_bytes)
    throw Error("its header is " + std::to_string(length) + " bytes long; at most " +
                std::to_string(most_header_bytes) + " are read");
  std::string text(length, '\0');
  in.read(text.data(), static_cast<std::streamsize>(length));
  return parse_safetensors_header(text, file_size - sizeof length - length);
}

Safetensors read_file_of(std::istream& in, std::uint64_t file_size) {
  SafetensorsHeader header = read_header_of(in, file_size);
  Safetensors content{{}, std::move(header.metadata)};
  const auto read = [&in](char* destination, std::size_t count) {
    in.read(destination, static_cast<std::streamsize>(count));
  };
  for (const auto& [name, entry] : header.tensors)
    content.tensors.emplace(name, filled_tensor(entry.type, entry.shape, read));
  if (!in) throw Error("it could not be read to its end");
  return content;
}

}  // namespace

void save_safetensors(const std::filesystem::path& path, const Safetensors& content) {
  std::string header = "{";
  if (!content.metadata.empty()) {
    header += "\"__metadata__\":{";
    for (const auto& [key, value] : content.metadata) header += json_text(key) + ':' + json_text(value) + ',';
    header.back() = '}';
    header += ',';
  }
  std::size_t end = 0;
  for (const auto& [name, stored] : content.tensors) {
    require_tensor_name(name);
    const std::size_t begin = std::exchange(end, end + element_bytes(stored).size());
    header += json_text(name) + ":{\"dtype\":\"" + to_string(static_cast<StoredType>(stored.index())) +
              "\",\"shape\":" + json_shape(stored) + ",\"data_offsets\":[" + std::to_string(begin) + ',' +
              std::to_string(end) + "]},";
  }
  if (header.back() == ',') header.pop_back();
  header += '}';
  header.resize((header.size() + 7) / 8 * 8, ' ');  // so that the numbers lie at multiples of 8

  const std::uint64_t length = header.size();
  std::string bytes(reinterpret_cast<const char*>(&length), sizeof length);
  bytes.reserve(sizeof length + header.size() + end);
  bytes += header;
  for (const auto& [name, stored] : content.tensors) bytes += element_bytes(stored);
  write_file(path, bytes);
}

Safetensors load_safetensors(const std::filesystem::path& path) {
  return read_open_file(path, "safetensors", read_file_of);
}

SafetensorsHeader load_safetensors_header(const std::filesystem::path& path) {
  return read_open_file(path, "safetensors", read_header_of);
}

}  // namespace mend
