#include "mend/models/fill_restorer.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "mend/check/gradient_check.hpp"
#include "mend/data/stroke_digits.hpp"
#include "mend/layers/dense.hpp"
#include "mend/losses/clipped_mse.hpp"
#include "mend/masks/families.hpp"
#include "mend/masks/restorer.hpp"
#include "mend/tensor/ops.hpp"
#include "message_of.hpp"

using namespace mend;

namespace {

const Dataset& digits() {
  static const Dataset data = stroke_digits(200, 30, 1, {5, 7});
  return data;
}

const std::shared_ptr<const GaussianFill>& fill() {
  static const auto fitted = std::make_shared<const GaussianFill>(to_rows(digits().train));
  return fitted;
}

std::shared_ptr<Sequential<float>> network(std::uint64_t seed) {
  Random init(seed, "init");
  return std::make_shared<Sequential<float>>(correction_network(784, 16, 2, init));
}

// A network that corrects: its last layer is no longer zero.
std::shared_ptr<Sequential<float>> trained_network() {
  Random random(3);
  const auto net = network(1);
  for (Parameter<float>* p : net->parameters())
    for (float& v : p->value) v += static_cast<float>(.05 * random.normal());
  return net;
}

Mask masks() {
  Random random(2);
  return draw_masks(MaskFamily::patch, 9, 30, random);
}

}  // namespace

TEST(FillRestorer, BeginsAtTheGaussianFill) {
  const Tensor<float> test = to_rows(digits().test);
  const Mask mask = masks();
  const Restorer restore = FillRestorer(fill(), network(1));
  EXPECT_EQ(restore(damage(test, mask), mask), (*fill())(damage(test, mask), mask));
}

TEST(FillRestorer, CorrectsTheFillByStandardDeviations) {
  const Tensor<float> test = to_rows(digits().test);
  const Mask mask = masks();
  // f = 1/2 everywhere, whatever it sees.
  const auto half = std::make_shared<Dense<float>>(Tensor<float>({1568, 784}), Tensor<float>({784}, 0.5f));
  const Tensor<float> y = FillRestorer(fill(), half)(test, mask), m = (*fill())(test, mask);
  const Tensor<float> sigma = fill()->sigma(mask);
  for (std::size_t i = 0; i < y.size(); ++i) {
    const double s = std::sqrt(std::max(sigma[i] * sigma[i] - .01, 1e-5));
    EXPECT_NEAR(y[i], mask.hole()[i] != 0 ? std::min(1.0, m[i] + s / 2) : static_cast<double>(test[i]), 1e-5);
  }
}

TEST(FillRestorer, LeavesKnownPixelsAndLooksIntoNoHole) {
  const Tensor<float> test = to_rows(digits().test);
  const Mask mask = masks();
  const FillRestorer restore(fill(), trained_network());
  const Tensor<float> y = restore(test, mask);
  EXPECT_NE(y, (*fill())(test, mask));
  EXPECT_EQ(y, composite(y, test, mask));
  EXPECT_EQ(y, restore(damage(test, mask, std::numeric_limits<float>::quiet_NaN()), mask));
  for (const float v : y) EXPECT_TRUE(v >= 0 && v <= 1);
}

TEST(CorrectionInput, ShowsTheFillAndHowSureItIs) {
  Tensor<float> filled({1, 784}), scale({1, 784});
  filled[3] = .5f;
  scale[3] = .25f;
  const Tensor<float> input = correction_input(*fill(), filled, scale);
  ASSERT_EQ(input.shape(), (Shape{1, 1568}));
  EXPECT_NEAR(input[3], 2 * (.5 - fill()->mean()[3]), 1e-6);
  EXPECT_NEAR(input[4], -2 * fill()->mean()[4], 1e-6);
  EXPECT_EQ(input[784 + 3], 1);
  EXPECT_EQ(input[784 + 4], 0);
}

TEST(CorrectionScale, IsPositiveInTheHoleAndZeroOutside) {
  const Mask mask = masks();
  const Tensor<float> scale = correction_scale(*fill(), mask);
  for (std::size_t i = 0; i < scale.size(); ++i) EXPECT_EQ(scale[i] > 0, mask.hole()[i] != 0);
}

TEST(CorrectionNetwork, HasTheParametersItSays) {
  Random init(1, "init");
  Sequential<float> net = correction_network(784, 512, 2, init);
  std::size_t count = 0;
  for (const Parameter<float>* p : net.parameters()) count += p->value.size();
  EXPECT_EQ(count, 1468176u);
  for (const float w : net.parameters()[4]->value) EXPECT_EQ(w, 0);
}

TEST(CorrectionNetwork, HasTheRightGradient) {
  const auto make = []<class T>(Random& init) { return correction_network<T>(5, 7, 2, init); };
  Random random(4);
  const Tensor<double> x = random_normal({3, 10}, random);
  const Tensor<double> target = map(Tensor<double>({3, 5}), [&](double) { return random.uniform(); });
  const CheckReport report = check_network(
      make,
      [](const auto& y, const auto& t) {
        using Values = std::decay_t<decltype(y)>;
        return clipped_mse(y, t, Values(y.shape(), typename Values::value_type(.7)));
      },
      x, target);
  EXPECT_TRUE(report.passed()) << report;
}

TEST(FillRestorer, SaysWhatIsWrong) {
  Random init(1);
  EXPECT_EQ(
      message_of<Error>([&] { correction_network(4, 0, 1, init); }),
      "correction_network: expected pixels, a width and hidden layers, at least 1 each, found 4, 0 and 1");
  EXPECT_EQ(message_of<Error>([] { FillRestorer(nullptr, network(1)); }),
            "FillRestorer: expected a fill and a net, found a null pointer");
  EXPECT_THROW(FillRestorer(fill(), nullptr), Error);
  EXPECT_EQ(
      message_of<ShapeError>([&] { FillRestorer(fill(), std::make_shared<Dense<float>>(1568, 3, init)); }),
      "FillRestorer: the net returns (1, 3) for an image but (1, 784) was expected");
  EXPECT_THROW(correction_input(*fill(), Tensor<float>({1, 784}), Tensor<float>({2, 784})), ShapeError);
  EXPECT_THROW(correction_scale(*fill(), Mask(1, 2, 2)), ShapeError);
}
