#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "mend/tensor/random.hpp"
#include "mend/tensor/tensor.hpp"

namespace mend {

/// Labelled grey images, as bytes.
struct Images {
  Tensor<std::uint8_t> pixels;       ///< (N, H, W), 0 black to 255 white.
  std::vector<std::uint8_t> labels;  ///< N class numbers.
};

/// Training and test images of one source.
struct Dataset {
  /// "MNIST", "Fashion-MNIST", "stroke digits", or what the folder is called: stands on every figure.
  std::string name;
  std::vector<std::string> class_names;  ///< By label: "5", or "Sandal".
  Images train;                          ///< To learn from.
  Images test;                           ///< To judge with, never to learn from.
};

/// Finds and reads a data set.
///
/// A folder is called MNIST or Fashion-MNIST only when its content is, to the last byte; any other is called
/// like the folder, and its classes by their numbers.
/// \param where  "mnist" (datasets/mnist or ../shared/datasets/mnist), "fashion" (Debian's package
///   dataset-fashion-mnist), "strokes" (generated), a folder with the four IDX files (.gz or not), or ""
///   for the first that is there: $MEND_DATA, which is read like `where`, "mnist", "fashion", "strokes"
/// \throws Error when it is named but not there or damaged: the text says which file and what to do
Dataset load_dataset(const std::string& where = "");

/// What tells one data set from another of the same name: the CRC-32 of training pixels and labels, then test pixels and
/// labels.
std::uint32_t checksum(const Images& train, const Images& test);

/// The images whose label is one of `classes`, in the order of the images.
/// \throws Error when a class has no image: the text lists those that have
Images keep_classes(const Images& images, const std::vector<std::uint8_t>& classes);

/// Pixels as numbers in [0, 1], an image a row: (N, H W).
Tensor<float> to_rows(const Images& images);

/// Splits at random: the second part has round(share N) images, for validation.
/// \param images  what to split  \param share  in (0, 1)  \param random  which go where
/// \throws Error when either part would be empty
std::pair<Images, Images> split(const Images& images, double share, Random& random);

}  // namespace mend
