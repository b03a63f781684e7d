#pragma once

#include <cstdint>
#include <filesystem>

#include "mend/tensor/tensor.hpp"

namespace mend {

/// Reads a file in the format of MNIST: images as (N, H, W), labels as (N).
///
/// IDX (LeCun, Cortes, Burges 1998): a magic number, one extent per axis, then the bytes in row-major order.
/// All numbers are big-endian and 32 bits wide. The magic number is 2051 for images (bytes, 3 axes) and 2049
/// for labels (bytes, 1 axis). A gzipped file is unpacked on the way, whatever it is called. The content must
/// be exactly what the header announces, at most 1 GiB, which is compared with the size of the file before
/// memory is taken: a gzip may unpack to 32 MiB, or to 32 times its size where that is more.
/// \throws Error when the file cannot be read or is not such a file; the text names it
Tensor<std::uint8_t> read_idx(const std::filesystem::path& path);

/// What the header of such a file announces: (N, H, W) or (N). Reads no more than that; what follows is not looked at.
/// \throws Error when the file cannot be read or does not begin like one; the text names it
Shape read_idx_shape(const std::filesystem::path& path);

}  // namespace mend
