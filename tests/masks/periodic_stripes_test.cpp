#include "mend/masks/periodic_stripes.hpp"

#include <gtest/gtest.h>

#include <map>
#include <vector>

#include "message_of.hpp"

using namespace mend;

namespace {

std::vector<float> row_of(const Mask& mask, std::size_t image, std::size_t row) {
  const float* begin = mask.hole().data() + (image * mask.height() + row) * mask.width();
  return {begin, begin + mask.width()};
}

}  // namespace

TEST(PeriodicStripes, BeginAtThePhaseAndRecur) {
  const Mask mask = periodic_stripes(2, 2, 5, 3, 4, 12);
  const std::vector<float> expected = {0, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0};
  for (std::size_t n = 0; n < 2; ++n)
    for (std::size_t row = 0; row < 4; ++row) EXPECT_EQ(row_of(mask, n, row), expected);
  const std::vector<float> cut_off = {1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0};  // the first began at column -1
  EXPECT_EQ(row_of(periodic_stripes(1, 2, 5, 4, 1, 12), 0, 0), cut_off);
}

TEST(PeriodicStripes, CountThePhaseModuloThePeriod) {
  for (std::size_t phase = 0; phase < 7; ++phase)
    EXPECT_EQ(periodic_stripes(1, 3, 7, phase).hole(), periodic_stripes(1, 3, 7, phase + 21).hole());
}

TEST(PeriodicStripes, OfOppositePhasesHideEachPixelOnce) {
  const Tensor<float> a = periodic_stripes(3, 2, 4, 0).hole(), b = periodic_stripes(3, 2, 4, 2).hole();
  for (std::size_t i = 0; i < a.size(); ++i) EXPECT_EQ(a[i] + b[i], 1);
  EXPECT_EQ(periodic_stripes(3, 2, 4, 1).hole_share(), 0.5);
}

TEST(PeriodicStripes, DrawAPhaseForEachImage) {
  Random random(1);
  constexpr std::size_t n = 4'000;
  const Mask mask = periodic_stripes(n, 2, 7, random);
  std::map<std::size_t, int> phases;
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t phase = 0; phase < 7; ++phase)
      phases[phase] += row_of(mask, i, 13) == row_of(periodic_stripes(1, 2, 7, phase), 0, 13);
  int total = 0;
  for (const auto& [phase, count] : phases) {
    EXPECT_NEAR(count, n / 7.0, 111) << phase;  // 5 deviations
    total += count;
  }
  EXPECT_EQ(total, static_cast<int>(n));
}

TEST(PeriodicStripes, SayWhichWidthsAndPeriodsThereAre) {
  Random random(2);
  EXPECT_EQ(message_of<Error>([] { periodic_stripes(1, 4, 4, 0); }),
            "periodic_stripes: expected a width of 1 to 3 pixels for a period of 4, found 4");
  EXPECT_EQ(message_of<Error>([&] { periodic_stripes(1, 4, 29, random); }),
            "periodic_stripes: expected a period of 2 to 28 pixels, found 29");
  EXPECT_THROW(periodic_stripes(1, 0, 4, 0), Error);
  EXPECT_THROW(periodic_stripes(1, 1, 1, 0), Error);
}
