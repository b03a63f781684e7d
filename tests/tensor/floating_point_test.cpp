#include "mend/tensor/floating_point.hpp"

#include <gtest/gtest.h>

#include <cfenv>
#include <limits>
#include <thread>

using namespace mend;

#if defined(__SSE__)
namespace {
// volatile: computed when the program runs, in the mode of that moment
float halved(float x) {
  volatile float v = x;
  return v * 0.5f;
}
float doubled(float x) {
  volatile float v = x;
  return v * 2.0f;
}
constexpr float least = std::numeric_limits<float>::min(),
                denormal = std::numeric_limits<float>::denorm_min();
}  // namespace

TEST(FlushDenormals, TakesThemAsZeroForAsLongAsItLives) {
  EXPECT_GT(halved(least), 0.0f);
  {
    const FlushDenormals guard;
    EXPECT_EQ(halved(least), 0.0f);      // a denormal as result
    EXPECT_EQ(doubled(denormal), 0.0f);  // and as operand
    EXPECT_EQ(halved(3.0f), 1.5f);
  }
  EXPECT_GT(halved(least), 0.0f);
  EXPECT_GT(doubled(denormal), 0.0f);
}

TEST(FlushDenormals, Nests) {
  const FlushDenormals outer;
  { const FlushDenormals inner; }
  EXPECT_EQ(halved(least), 0.0f);
}

TEST(FloatingPointMode, IsOfOneThreadAndCanBeCarriedToAnother) {
  const FloatingPointMode flushing = FloatingPointMode::current().flushing_denormals();
  float there = 1;
  std::thread([&] {
    flushing.apply();
    there = halved(least);
  }).join();
  EXPECT_EQ(there, 0.0f);
  EXPECT_GT(halved(least), 0.0f);
}

TEST(FloatingPointMode, ComparesHowItComputesNotWhatHasHappened) {
  const FloatingPointMode before = FloatingPointMode::current();
  EXPECT_NE(before, before.flushing_denormals());
  EXPECT_EQ(before.flushing_denormals(), before.flushing_denormals().flushing_denormals());
  std::feclearexcept(FE_ALL_EXCEPT);
  volatile float third = 1.0f;
  third = third / 3.0f;
  EXPECT_TRUE(std::fetestexcept(FE_INEXACT));
  EXPECT_EQ(before, FloatingPointMode::current());
}

TEST(FloatingPointMode, LeavesTheExceptionFlagsAlone) {
  std::feclearexcept(FE_ALL_EXCEPT);
  {
    const FlushDenormals guard;
    volatile float zero = 0.0f;
    volatile float infinite = 1.0f / zero;
    (void)infinite;
  }
  EXPECT_TRUE(std::fetestexcept(FE_DIVBYZERO));
}
#else
TEST(FlushDenormals, ChangesNothingWhereTheProcessorCannot) {
  const FloatingPointMode before = FloatingPointMode::current();
  const FlushDenormals guard;
  EXPECT_EQ(before, FloatingPointMode::current());
}
#endif
