#include "mend/data/idx.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <optional>
#include <string>

#include "mend/tensor/error.hpp"

namespace mend {
namespace {

constexpr std::size_t images_magic = 2051, labels_magic = 2049;
constexpr std::size_t most_bytes = std::size_t{1} << 30;  // 1 GiB; MNIST's largest file has 47 million bytes
constexpr std::size_t chunk = std::size_t{1} << 20;

// A gzip that unpacks to more is taken for a bomb. Images shrink to about a fifth, zeros to a thousandth.
constexpr std::size_t most_ratio = 32, most_of_any = std::size_t{32} << 20;

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

  // Reads `count` bytes, or as many as there are, and returns how many.
  std::size_t read(std::uint8_t* bytes, std::size_t count) {
    std::size_t size = 0;
    while (size < count) {
      const int got =
          gzread(handle_.get(), bytes + size, static_cast<unsigned>(std::min(chunk, count - size)));
      int status = Z_OK;
      const char* reason = gzerror(handle_.get(), &status);
      if (got < 0 || (status != Z_OK && status != Z_STREAM_END))
        fail(path_,
             std::string("damaged: ") + reason + "; expected a whole IDX file, gzipped or not: get it again");
      if (got == 0) break;
      size += static_cast<std::size_t>(got);
    }
    return size;
  }

  // The next big-endian 32-bit number of the header.
  std::size_t read_number() {
    std::uint8_t bytes[4];
    if (read(bytes, 4) < 4) fail(path_, "ends within its header; expected a whole IDX file: get it again");
    std::size_t number = 0;
    for (const std::uint8_t byte : bytes) number = number << 8 | byte;
    return number;
  }

  bool is_packed() const { return gzdirect(handle_.get()) == 0; }

  // How long the file is as it lies there; none for a pipe.
  std::optional<std::size_t> size() const {
    std::error_code unknown;
    const std::uintmax_t size = std::filesystem::file_size(path_, unknown);
    return unknown ? std::nullopt : std::optional<std::size_t>(size);
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
  const auto fail_with = [&](const std::string& found) {
    fail(path, "its header announces " + to_string(shape) + " = " + std::to_string(announced) +
                   " bytes, but " + found + " follow; get it again");
  };
  // Before memory is taken: can the file hold that much?
  if (const std::optional<std::size_t> size = file.size(); size && file.is_packed()) {
    if (announced > std::max(most_of_any, most_ratio * *size))
      fail(path, "its header announces " + std::to_string(announced) + " bytes, more than " +
                     std::to_string(most_ratio) + " times the " + std::to_string(*size) +
                     " of the gzip; is it a bomb? If not, unpack it with gunzip");
  } else if (const std::size_t header = 4 + 4 * shape.rank(); size && announced > *size - header) {
    fail_with("only " + std::to_string(*size - header));
  }
  auto content = Tensor<std::uint8_t>::uninitialized(shape);
  if (const std::size_t got = file.read(content.data(), announced); got < announced)
    fail_with("only " + std::to_string(got));
  std::uint8_t beyond = 0;
  if (file.read(&beyond, 1) > 0) fail_with("more");  // reading on makes zlib check the gzip's checksum, too
  return content;
}

}  // namespace mend
