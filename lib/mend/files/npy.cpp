#include "mend/files/npy.hpp"

#include <cstring>

#include "mend/files/atomic_file.hpp"
#include "mend/files/npy_header.hpp"
#include "mend/files/open_file.hpp"

namespace mend {
namespace {

ReadBytes bytes_of(std::ifstream& in) {
  return [&in](char* destination, std::size_t count) {
    if (!in.read(destination, static_cast<std::streamsize>(count)))
      throw Error("it could not be read to its end");
  };
}

}  // namespace

NpyHeader read_npy_header(const ReadBytes& read, std::uint64_t size) {
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

  NpyHeader header = parse_npy_header(text);
  const std::size_t needed = header.shape.size() * element_size(header.type);
  if (needed != size)
    throw Error("its shape " + to_string(header.shape) + " needs " + std::to_string(needed) + " bytes, but " +
                std::to_string(size) + " follow its header");
  return header;
}

StoredTensor read_npy(const ReadBytes& read, std::uint64_t size) {
  const NpyHeader header = read_npy_header(read, size);
  return filled_tensor(header.type, header.shape, read);
}

StoredTensor load_npy(const std::filesystem::path& path) {
  return read_open_file(path, "npy",
                        [](std::ifstream& in, std::uint64_t size) { return read_npy(bytes_of(in), size); });
}

NpyHeader load_npy_header(const std::filesystem::path& path) {
  return read_open_file(
      path, "npy", [](std::ifstream& in, std::uint64_t size) { return read_npy_header(bytes_of(in), size); });
}

void save_npy(const std::filesystem::path& path, const StoredTensor& tensor) {
  std::string bytes = npy_header(tensor);
  bytes += element_bytes(tensor);
  write_file(path, bytes);
}

}  // namespace mend
