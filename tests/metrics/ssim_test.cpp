// # Structural similarity
//
// The truth for whole images comes from the definition, written as a plain loop over windows in NumPy 1.24:
//
//     import numpy
//     def ssim(a, b):
//         k = numpy.arange(11) - 5
//         w = numpy.exp(-(k[:, None]**2 + k[None, :]**2) / (2 * 1.5**2)); w /= w.sum()
//         values = []
//         for r in range(a.shape[0] - 10):
//             for c in range(a.shape[1] - 10):
//                 p, q = a[r:r+11, c:c+11], b[r:r+11, c:c+11]
//                 m, n = (w * p).sum(), (w * q).sum()
//                 v, u, s = (w * (p - m)**2).sum(), (w * (q - n)**2).sum(), (w * (p - m) * (q - n)).sum()
//                 values.append((2*m*n + 1e-4) * (2*s + 9e-4) / ((m*m + n*n + 1e-4) * (v + u + 9e-4)))
//         return numpy.mean(values)
//     i = numpy.arange(28 * 28).reshape(28, 28)
//     a, b, c = (i * 37 % 101) / 128, (i * 53 % 97) / 128, (i // 28 * i % 64) / 64
//     for p, q in (a, b), (a, c), (a, (a + b) / 2): print(repr(ssim(p, q)))
//     i = numpy.arange(11 * 13).reshape(11, 13)
//     print(repr(ssim((i * 37 % 101) / 128, (i * 53 % 97) / 128)))
//
// All pixels are multiples of 1/128 or 1/256, so that float holds them exactly.

#include "mend/metrics/ssim.hpp"

#include <gtest/gtest.h>

#include "mend/tensor/ops.hpp"
#include "mend/tensor/random.hpp"
#include "message_of.hpp"

using namespace mend;

namespace {

// (i factor mod modulus) / 128
Tensor<float> pattern(std::size_t pixels, std::size_t factor, std::size_t modulus) {
  Tensor<float> image({1, pixels});
  for (std::size_t i = 0; i < pixels; ++i) image[i] = static_cast<float>(i * factor % modulus) / 128;
  return image;
}

Tensor<float> uniform_images(std::size_t n, Random& random) {
  return map(Tensor<float>({n, 784}), [&](float) { return static_cast<float>(random.uniform()); });
}

}  // namespace

TEST(Ssim, IsThatOfThePlainLoopOverWindows) {
  const Tensor<float> a = pattern(784, 37, 101), b = pattern(784, 53, 97);
  Tensor<float> c({1, 784});
  for (std::size_t i = 0; i < 784; ++i) c[i] = static_cast<float>(i / 28 * i % 64) / 64;
  EXPECT_NEAR(ssim(a, b)[0], -0.008952269495316523, 1e-13);
  EXPECT_NEAR(ssim(a, c)[0], 0.006188002991020285, 1e-13);
  EXPECT_NEAR(ssim(a, (a + b) * 0.5f)[0], 0.667950371046964, 1e-13);
  EXPECT_NEAR(ssim(pattern(143, 37, 101), pattern(143, 53, 97), 11, 13)[0], -0.045881895319539505, 1e-13);
}

TEST(Ssim, IsOneForEqualImagesAloneAndSymmetric) {
  Random random(1);
  const Tensor<float> a = uniform_images(70, random), b = uniform_images(70, random);
  const Tensor<double> same = ssim(a, a), ab = ssim(a, b), ba = ssim(b, a);
  ASSERT_EQ(ab.shape(), Shape({70}));
  for (std::size_t n = 0; n < 70; ++n) {
    EXPECT_NEAR(same[n], 1, 1e-12);
    EXPECT_NEAR(ab[n], ba[n], 1e-14);
    EXPECT_LT(ab[n], 0.5);
    EXPECT_EQ(ab[n], ssim(slice_rows(a, n, 1), slice_rows(b, n, 1))[0]) << "an image depends on its batch";
  }
}

// Without variance the second factor is 1, and the first one is what is left.
TEST(Ssim, OfConstantImagesComparesTheirBrightness) {
  const Tensor<float> dark({1, 784}, 0.25f), bright({1, 784}, 0.75f), black({1, 784});
  EXPECT_NEAR(ssim(dark, bright)[0], (2 * 0.25 * 0.75 + 1e-4) / (0.0625 + 0.5625 + 1e-4), 1e-11);
  EXPECT_NEAR(ssim(black, bright)[0], 1e-4 / (0.5625 + 1e-4), 1e-11);
  EXPECT_NEAR(ssim(black, black)[0], 1, 1e-15);
}

TEST(Ssim, FallsWithNoiseAndIsNegativeForAnInvertedPattern) {
  Random random(2);
  const Tensor<float> a = uniform_images(1, random), noise = uniform_images(1, random);
  double last = 1;
  for (const float strength : {0.1f, 0.3f, 1.0f, 3.0f}) {
    const double value = ssim(a, a + noise * strength)[0];
    EXPECT_LT(value, last);
    last = value;
  }
  EXPECT_LT(ssim(a, map(a, [](float pixel) { return 1 - pixel; }))[0], -0.5);
}

TEST(Ssim, SaysWhatIsWrong) {
  const Tensor<float> one({1, 784}), two({2, 784});
  EXPECT_EQ(message_of<ShapeError>([&] { ssim(one, two); }),
            "ssim: a and b: (1, 784) and (2, 784) must be the same shape");
  EXPECT_EQ(message_of<ShapeError>([&] { ssim(one, one, 20, 20); }),
            "ssim: a is (1, 784) but (N, 400) was expected for images of 20 x 20");
  EXPECT_EQ(message_of<ShapeError>([&] { ssim(one, one, 10, 78); }),
            "ssim: expected images of at least 11 x 11 pixels, the size of its window, found 10 x 78");
  EXPECT_EQ(ssim(Tensor<float>({0, 784}), Tensor<float>({0, 784})).size(), 0u);
}
