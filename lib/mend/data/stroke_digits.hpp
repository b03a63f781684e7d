#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "mend/data/dataset.hpp"

namespace mend {

/// Draws digits with a pen that trembles: data for when there is no data set, made in a second, no two alike.
///
/// Each digit has two to four ways to be written, each a few strokes through control points. The points are
/// moved at random, joined by smooth curves (cubic Hermite splines), slanted, stretched and turned, scaled so
/// that the longer side is about 20 pixels, centred by the centre of mass like MNIST (LeCun et al. 1998), and
/// drawn into 28 x 28 pixels with a soft pen of random width. They are easier than handwriting: what a net
/// achieves on them is not what it achieves on MNIST.
/// \param train, test  how many images; image i shows the digit classes[i % classes.size()]
/// \param seed  decides them all; the first images of a longer data set are those of a shorter one
/// \param classes  which digits, from 0 to 9
/// \throws Error when there is no class, or one is not a digit
Dataset stroke_digits(std::size_t train, std::size_t test, std::uint64_t seed,
                      const std::vector<std::uint8_t>& classes = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9});

}  // namespace mend
