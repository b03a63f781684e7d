// # The error of a restoration
//
// Every error is a mean over a named set of pixels: the whole image, the hole, the ring of known pixels around it, all
// known ones. Of the sets follow identities, with a the share of missing pixels:
// \f[ E_{\mathrm{whole}} = a\, E_{\mathrm{hole}} + (1 - a)\, E_{\mathrm{known}}, \qquad
//     E^{\mathrm{composite}}_{\mathrm{whole}} = a\, E_{\mathrm{hole}} . \f]
// The ring is checked against its definition, pixel by pixel.

#include "mend/metrics/restoration_error.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "mend/masks/families.hpp"
#include "mend/tensor/ops.hpp"
#include "mend/tensor/parallel.hpp"
#include "message_of.hpp"

using namespace mend;
using enum Penalty;

namespace {

Tensor<float> uniform_images(std::size_t n, Random& random, std::size_t pixels = 784) {
  return map(Tensor<float>({n, pixels}), [&](float) { return static_cast<float>(random.uniform()); });
}

double mse(const Tensor<float>& a, const Tensor<float>& b) {
  const Tensor<double> difference = cast<double>(a) - cast<double>(b);
  return mean(multiply(difference, difference));
}

double mae(const Tensor<float>& a, const Tensor<float>& b) {
  return mean(map(cast<double>(a) - cast<double>(b), [](double d) { return std::abs(d); }));
}

// The mean square of what remains where in_ring(image, row, column).
template <class InRing>
double mean_square_where(const Tensor<double>& difference, const Mask& mask, InRing in_ring) {
  double sum = 0, pixels = 0;
  for (std::size_t i = 0; i < difference.size(); ++i) {
    const std::size_t size = mask.height() * mask.width(), pixel = i % size;
    if (!in_ring(i / size, pixel / mask.width(), pixel % mask.width())) continue;
    sum += difference[i] * difference[i];
    pixels += 1;
  }
  return sum / pixels;
}

}  // namespace

// One image of 2 x 2: missing are the upper pixels, off by 1/2 and 1; the lower ones are off by 1/4 and 0.
TEST(RestorationError, OfAnExampleByHand) {
  Mask mask(1, 2, 2);
  mask.cut(0, 0, 0, 1, 2);
  const Tensor<float> original({1, 4}, {1, 0, 0.5f, 1}), restored({1, 4}, {0.5f, 1, 0.25f, 1});
  const RestorationError mse = restoration_error(restored, original, mask, squared);
  EXPECT_EQ(mse.raw.hole, (0.25 + 1) / 2);
  EXPECT_EQ(mse.raw.known, 0.0625 / 2);
  EXPECT_EQ(mse.raw.ring, 0.0625 / 2);
  EXPECT_EQ(mse.raw.whole, (0.25 + 1 + 0.0625) / 4);
  EXPECT_EQ(mse.composite.whole, (0.25 + 1) / 4);
  EXPECT_EQ(mse.composite.hole, mse.raw.hole);
  EXPECT_EQ(mse.composite.ring, 0);
  EXPECT_EQ(mse.composite.known, 0);
  const RestorationError mae = restoration_error(restored, original, mask, absolute);
  EXPECT_EQ(mae.raw.hole, (0.5 + 1) / 2);
  EXPECT_EQ(mae.raw.known, 0.25 / 2);
  EXPECT_EQ(mae.raw.whole, (0.5 + 1 + 0.25) / 4);
  EXPECT_EQ(mae.composite.whole, (0.5 + 1) / 4);
}

TEST(RestorationError, ObeysItsIdentities) {
  Random random(1);
  const Tensor<float> original = uniform_images(17, random), restored = uniform_images(17, random);
  const Mask mask = draw_assignment_masks(17, random);
  const Tensor<float> kept = composite(restored, original, mask);
  const double share = mask.hole_share();
  for (const Penalty penalty : {squared, absolute}) {
    const auto mean_penalty = penalty == squared ? mse : mae;
    const RestorationError error = restoration_error(restored, original, mask, penalty);
    EXPECT_NEAR(error.composite.whole, share * error.raw.hole, 1e-14);
    EXPECT_NEAR(error.raw.whole, share * error.raw.hole + (1 - share) * error.raw.known, 1e-14);
    EXPECT_NEAR(error.raw.whole, mean_penalty(restored, original), 1e-14);
    EXPECT_NEAR(error.composite.whole, mean_penalty(kept, original), 1e-14);
    const RestorationError put_back = restoration_error(kept, original, mask, penalty);
    EXPECT_EQ(put_back.raw.known, 0);
    EXPECT_EQ(put_back.raw.ring, 0);
    EXPECT_EQ(put_back.raw.hole, error.raw.hole);
    EXPECT_EQ(put_back.raw.whole, error.composite.whole);
  }
}

// The definition, pixel by pixel: known, and a missing pixel of the same image at most 2 rows and 2 columns away. The
// images are not square, and holes lie at the borders.
TEST(RestorationError, RingIsWhatItsDefinitionSays) {
  Random random(3);
  const std::size_t height = 9, width = 13, n = 40;
  Mask mask(n, height, width);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t cuts = 1 + random.below(3); cuts > 0; --cuts)
      mask.cut(i, random.below(height), random.below(width), 1, 1);
  const auto missing = [&](std::size_t i, std::size_t r, std::size_t c) {
    return mask.hole()(i, r * width + c) != 0;
  };
  const auto in_ring = [&](std::size_t i, std::size_t r, std::size_t c) {
    bool near = false;
    for (std::size_t y = 0; y < height; ++y)
      for (std::size_t x = 0; x < width; ++x)
        near = near || (missing(i, y, x) && y <= r + 2 && r <= y + 2 && x <= c + 2 && c <= x + 2);
    return near && !missing(i, r, c);
  };
  const Tensor<float> original = uniform_images(n, random, height * width),
                      restored = uniform_images(n, random, height * width);
  EXPECT_NEAR(restoration_error(restored, original, mask, squared).raw.ring,
              mean_square_where(cast<double>(restored) - cast<double>(original), mask, in_ring), 1e-14);
}

// A stripe in the middle has 2 columns of ring on each side, a square of side s a frame of width 2:
// (s + 4)^2 - s^2 = 8 s + 16 pixels.
TEST(RestorationError, RingOfAStripeAndASquareHasTheCountOfPencilAndPaper) {
  Mask mask(2, 28, 28);
  mask.cut(0, 0, 10, 28, 5);
  mask.cut(1, 10, 10, 7, 7);
  Tensor<float> original({2, 784}), restored({2, 784});
  restored(0, 9) = 1;            // in the ring of the stripe
  restored(1, 8 * 28 + 8) = 1;   // the corner of the ring of the square
  restored(1, 7 * 28 + 10) = 1;  // one too far above
  const auto errors = restoration_errors(restored, original, mask, squared);
  EXPECT_EQ(errors[0].raw.ring, 1.0 / (4 * 28));
  EXPECT_EQ(errors[1].raw.ring, 1.0 / (8 * 7 + 16));
  EXPECT_EQ(errors[1].raw.known, 2.0 / (784 - 49));
}

TEST(RestorationErrors, AreThoseOfEachImageAlone) {
  Random random(4);
  const Tensor<float> original = uniform_images(130, random), restored = uniform_images(130, random);
  const Mask mask = draw_assignment_masks(130, random);
  const auto errors = restoration_errors(restored, original, mask, absolute);
  ASSERT_EQ(errors.size(), 130u);
  double whole = 0;
  for (std::size_t n = 0; n < 130; ++n) {
    Mask own(1, 28, 28);
    for (std::size_t i = 0; i < 784; ++i)
      if (mask.hole()(n, i) != 0) own.cut(0, i / 28, i % 28, 1, 1);
    const RestorationError alone =
        restoration_error(slice_rows(restored, n, 1), slice_rows(original, n, 1), own, absolute);
    EXPECT_EQ(errors[n].raw.whole, alone.raw.whole);
    EXPECT_EQ(errors[n].raw.hole, alone.raw.hole);
    EXPECT_EQ(errors[n].raw.ring, alone.raw.ring);
    EXPECT_EQ(errors[n].raw.known, alone.raw.known);
    EXPECT_EQ(errors[n].composite.whole, alone.composite.whole);
    whole += errors[n].raw.whole / 130;
  }
  EXPECT_NEAR(whole, restoration_error(restored, original, mask, absolute).raw.whole, 1e-14);
}

TEST(RestorationError, DoesNotDependOnTheNumberOfThreads) {
  Random random(5);
  const Tensor<float> original = uniform_images(200, random), restored = uniform_images(200, random);
  const Mask mask = draw_assignment_masks(200, random);
  const std::size_t before = threads();
  set_threads(1);
  const RestorationError one = restoration_error(restored, original, mask, squared);
  set_threads(3);
  const RestorationError three = restoration_error(restored, original, mask, squared);
  set_threads(before);
  EXPECT_EQ(one.raw.whole, three.raw.whole);
  EXPECT_EQ(one.raw.hole, three.raw.hole);
  EXPECT_EQ(one.raw.ring, three.raw.ring);
}

TEST(RestorationError, OfAPartWithoutPixelsIsZero) {
  Random random(2);
  const Tensor<float> original = uniform_images(2, random), restored = uniform_images(2, random);
  const RestorationError no_hole = restoration_error(restored, original, Mask(2, 28, 28), squared);
  EXPECT_EQ(no_hole.raw.hole, 0);
  EXPECT_EQ(no_hole.raw.ring, 0);
  EXPECT_EQ(no_hole.composite.whole, 0);
  EXPECT_EQ(no_hole.raw.known, no_hole.raw.whole);
  const RestorationError all_hole =
      restoration_error(restored, original, draw_masks(MaskFamily::patch, 28, 2, random), squared);
  EXPECT_EQ(all_hole.raw.known, 0);
  EXPECT_EQ(all_hole.raw.ring, 0);
  EXPECT_EQ(all_hole.raw.hole, all_hole.raw.whole);
  const Tensor<float> none({0, 784});
  EXPECT_EQ(restoration_error(none, none, Mask(0, 28, 28), squared).raw.whole, 0);
  EXPECT_TRUE(restoration_errors(none, none, Mask(0, 28, 28), squared).empty());
}

TEST(RestorationError, KeepsNanWhereItIs) {
  Mask mask(1, 2, 2);
  mask.cut(0, 0, 0, 1, 2);
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const Tensor<float> original({1, 4}), missing({1, 4}, {nan, 0, 1, 1}), known({1, 4}, {1, 1, 0, nan});
  const RestorationError in_hole = restoration_error(missing, original, mask, squared);
  EXPECT_TRUE(std::isnan(in_hole.raw.hole));
  EXPECT_TRUE(std::isnan(in_hole.raw.whole));
  EXPECT_EQ(in_hole.raw.known, 1);
  const RestorationError outside = restoration_error(known, original, mask, squared);
  EXPECT_TRUE(std::isnan(outside.raw.known));
  EXPECT_EQ(outside.raw.hole, 1);
  EXPECT_EQ(outside.composite.whole, 0.5);
}

TEST(RestorationError, SaysWhichShapesDoNotFit) {
  const Tensor<float> one({1, 784}), two({2, 784});
  EXPECT_EQ(message_of<ShapeError>([&] { restoration_error(one, two, Mask(2, 28, 28), squared); }),
            "restoration_error: restored and original: (1, 784) and (2, 784) must be the same shape");
  EXPECT_EQ(message_of<ShapeError>([&] { restoration_error(one, one, Mask(2, 28, 28), squared); }),
            "restoration_error: images and mask: (1, 784) and (2, 784) must be the same shape");
  EXPECT_EQ(message_of<ShapeError>([&] { restoration_errors(one, two, Mask(2, 28, 28), squared); }),
            "restoration_errors: restored and original: (1, 784) and (2, 784) must be the same shape");
}
