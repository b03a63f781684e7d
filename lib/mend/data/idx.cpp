#include "mend/data/idx.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "mend/tensor/error.hpp"

namespace mend {
namespace {

constexpr std::size_t images_magic = 2051, labels_magic = 2049;
constexpr std::size_t most_bytes = std::size_t{1} << 30;  // 1 GiB; MNIST's largest file has 47 million bytes
constexpr std::size_t chunk = std::size_t{1} << 20;

[[noreturn]] void fail(const std::filesystem::path& path, const std::string& what) {
  throw Error(path.string() + ": " + what);
}

// A file that zlib unpacks when it is gzipped and hands out as it is when not.
class UnpackedFile {
 public:
  explicit UnpackedFile(std::filesystem::path path) : path_(std::move(path)) {
    errno = 0;
    handle_.reset(gzopen(path_.c_str(), "rb"));
    if (!handle_) fail(path_, std::string("cannot be opened: ") + std::strerror(errno));
  }

  // The next `count` bytes, or as many as there are. Memory grows with what arrives, not with `count`.
  std::vector<std::uint8_t> read(std::size_t count) {
    std::vector<std::uint8_t> bytes;
    while (bytes.size() < count) {
      const std::size_t before = bytes.size(), wanted = std::min(chunk, count - before);
      bytes.resize(before + wanted);
      const int got = gzread(handle_.get(), bytes.data() + before, static_cast<unsigned>(wanted));
      int status = Z_OK;
      const char* reason = gzerror(handle_.get(), &status);
      if (got < 0 || (status != Z_OK && status != Z_STREAM_END))
        fail(path_,
             std::string("damaged: ") + reason + "; expected a whole IDX file, gzipped or not: get it again");
      bytes.resize(before + static_cast<std::size_t>(got));
      if (static_cast<std::size_t>(got) < wanted) break;
    }
    return bytes;
  }

  // The next big-endian 32-bit number of the header.
  std::size_t read_number() {
    const std::vector<std::uint8_t> bytes = read(4);
    if (bytes.size() < 4) fail(path_, "ends within its header; expected a whole IDX file: get it again");
    std::size_t number = 0;
    for (const std::uint8_t byte : bytes) number = number << 8 | byte;
    return number;
  }

 private:
  struct Close {
    void operator()(gzFile file) const { gzclose(file); }
  };
  std::filesystem::path path_;
  std::unique_ptr<gzFile_s, Close> handle_;
};

Shape read_header(UnpackedFile& file, const std::filesystem::path& path) {
  const std::size_t magic = file.read_number();
  if (magic != images_magic && magic != labels_magic)
    fail(path,
         "magic number " + std::to_string(magic) +
             "; expected 2051 (images: bytes, 3 axes) or 2049 (labels: bytes, 1 axis): is this an IDX file?");
  const std::size_t rank = magic == images_magic ? 3 : 1;
  std::array<std::size_t, 3> extents{};
  std::size_t announced = 1;
  for (std::size_t axis = 0; axis < rank; ++axis) {
    extents[axis] = file.read_number();
    announced *= extents[axis];  // below 2^62: what was there before is at most 2^30
    if (announced > most_bytes)
      fail(path, "its header announces more than 1 GiB; expected at most that: is it damaged?");
  }
  return Shape(extents.data(), rank);
}

}  // namespace

Shape read_idx_shape(const std::filesystem::path& path) {
  UnpackedFile file(path);
  return read_header(file, path);
}

Tensor<std::uint8_t> read_idx(const std::filesystem::path& path) {
  UnpackedFile file(path);
  const Shape shape = read_header(file, path);
  const std::size_t announced = shape.size();
  std::vector<std::uint8_t> content =
      file.read(announced + 1);  // one more makes zlib check the gzip's checksum
  if (content.size() != announced)
    fail(path, "its header announces " + to_string(shape) + " = " + std::to_string(announced) +
                   " bytes, but " +
                   (content.size() > announced ? "more" : "only " + std::to_string(content.size())) +
                   " follow; get it again");
  return {shape, std::move(content)};
}

}  // namespace mend
