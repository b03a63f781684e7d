#include "data/idx_files.hpp"

#include <unistd.h>
#include <zlib.h>

#include <cstdint>
#include <string>

#include "mend/data/stroke_digits.hpp"
#include "mend/files/atomic_file.hpp"
#include "support.hpp"

namespace bench {
namespace {

// The magic number, the extents, the bytes; numbers big-endian.
std::string idx(const std::vector<std::size_t>& extents, const std::uint8_t* bytes, std::size_t size) {
  std::string text;
  const auto append = [&](std::size_t number) {
    for (const int shift : {24, 16, 8, 0}) text += static_cast<char>(number >> shift & 0xff);
  };
  append(2048 + extents.size());
  for (const std::size_t extent : extents) append(extent);
  return text.append(bytes, bytes + size);
}

void write(const std::filesystem::path& path, const std::string& text) {
  if (path.extension() != ".gz") return mend::write_file(path, text);
  const gzFile file = gzopen(path.c_str(), "wb");
  const bool whole = file && gzwrite(file, text.data(), static_cast<unsigned>(text.size())) > 0;
  if (!file || gzclose(file) != Z_OK || !whole)
    throw mend::Error("cannot write " + path.string() + "; is the disk full?");
}

}  // namespace

IdxFiles::IdxFiles(bool gzipped)
    : folder_(std::filesystem::temp_directory_path() /
              ("mend_bench_" + std::to_string(getpid()) + (gzipped ? "_gz" : ""))),
      ending_(gzipped ? ".gz" : "") {
  std::filesystem::create_directories(folder_);
  const mend::Dataset data = mend::stroke_digits(image_count, 1920, 1);
  for (const auto& [prefix, part] : {std::pair("train", &data.train), std::pair("t10k", &data.test)}) {
    const auto& [images, labels] = *part;
    write(folder_ / (prefix + ("-images-idx3-ubyte" + ending_)),
          idx({images.dim(0), images.dim(1), images.dim(2)}, images.data(), images.size()));
    write(folder_ / (prefix + ("-labels-idx1-ubyte" + ending_)),
          idx({labels.size()}, labels.data(), labels.size()));
  }
}

IdxFiles::~IdxFiles() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

std::filesystem::path IdxFiles::images() const { return folder_ / ("train-images-idx3-ubyte" + ending_); }

}  // namespace bench
