#include "mend/files/npy.hpp"

#include <cstring>
#include <fstream>

#include "mend/files/atomic_file.hpp"
#include "mend/files/npy_header.hpp"

namespace mend {
namespace {

template <class T>
StoredTensor read_elements(const ReadBytes& read, const Shape& shape, std::uint64_t size) {
  if (shape.size() * sizeof(T) != size)
    throw Error("its shape " + to_string(shape) + " needs " + std::to_string(shape.size() * sizeof(T)) +
                " bytes, but " + std::to_string(size) + " follow its header");
  auto tensor = Tensor<T>::uninitialized(shape);
  read(reinterpret_cast<char*>(tensor.data()), size);
  return tensor;
}

}  // namespace

StoredTensor read_npy(const ReadBytes& read, std::uint64_t size) {
  char start[8];  // the magic, and the version's two numbers
  if (size < sizeof start) throw Error("it has " + std::to_string(size) + " bytes, too few for any array");
  read(start, sizeof start);
  size -= sizeof start;
  if (std::memcmp(start, "\x93NUMPY", 6) != 0)
    throw Error("it does not begin with \\x93NUMPY, as arrays of NumPy do");
  const int major = static_cast<unsigned char>(start[6]), minor = static_cast<unsigned char>(start[7]);
  if (major < 1 || major > 3 || minor != 0)
    throw Error("it is of version " + std::to_string(major) + "." + std::to_string(minor) +
                " of the format; 1.0, 2.0 and 3.0 can be read");

  std::uint32_t length = 0;  // of two bytes in version 1.0, else of four
  const std::size_t length_size = major == 1 ? 2 : 4;
  if (size < length_size) throw Error("it ends within its header");
  read(reinterpret_cast<char*>(&length), length_size);
  size -= length_size;
  if (length > longest_npy_header)
    throw Error("its header shall be " + std::to_string(length) + " bytes long; at most " +
                std::to_string(longest_npy_header) + " was expected");
  if (length > size) throw Error("it ends within its header");
  std::string text(length, '\0');
  read(text.data(), length);
  size -= length;

  const NpyHeader header = parse_npy_header(text);
  switch (header.type) {
    case StoredType::f32:
      return read_elements<float>(read, header.shape, size);
    case StoredType::f64:
      return read_elements<double>(read, header.shape, size);
    case StoredType::u8:
      break;
  }
  return read_elements<std::uint8_t>(read, header.shape, size);
}

StoredTensor load_npy(const std::filesystem::path& path) {
  std::error_code reason;
  const std::uint64_t size = std::filesystem::file_size(path, reason);
  if (reason) throw Error("cannot read " + path.string() + ": " + reason.message());
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Error("cannot read " + path.string() + ": it cannot be opened");
  try {
    return read_npy(
        [&in](char* destination, std::size_t count) {
          if (!in.read(destination, static_cast<std::streamsize>(count)))
            throw Error("it could not be read to its end");
        },
        size);
  } catch (const Error& error) {
    throw Error("cannot read " + path.string() + " as npy: " + error.what());
  }
}

void save_npy(const std::filesystem::path& path, const StoredTensor& tensor) {
  std::string bytes = npy_header(tensor);
  bytes += element_bytes(tensor);
  write_file(path, bytes);
}

}  // namespace mend
