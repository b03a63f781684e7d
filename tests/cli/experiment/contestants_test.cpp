#include "cli/experiment/contestants.hpp"

#include <gtest/gtest.h>

#include <set>

#include "mend/data/stroke_digits.hpp"

using namespace mend;
using namespace mend::cli;

namespace {

Digits small_digits() {
  const Dataset strokes = stroke_digits(100, 20, 1, {5, 7});
  Digits digits;
  digits.dataset = strokes.name;
  digits.names = {"5", "7"};
  digits.train_images = strokes.train;
  digits.test_images = strokes.test;
  digits.train = to_rows(strokes.train);
  digits.test = to_rows(strokes.test);
  return digits;
}

}  // namespace

TEST(Contestants, AreNineBaselinesAndTwoNetworks) {
  const Digits digits = small_digits();
  std::set<std::string> names;
  std::size_t networks = 0;
  for (const Contestant& c : contestants(digits, {})) {
    names.insert(c.name);
    networks += c.is_network;
  }
  EXPECT_EQ(names.size(), 11u);
  EXPECT_EQ(networks, 2u);
}

// What a baseline owes: the known pixels as they came, and no look at what stands in the hole.
TEST(Contestants, BaselinesKeepKnownPixelsAndDoNotReadTheHole) {
  const Digits digits = small_digits();
  Mask mask(digits.test.dim(0), 28, 28);
  for (std::size_t n = 0; n < mask.images(); ++n) mask.cut(n, 4 + n % 8, 6, 12, 9);
  const Tensor<float> black = damage(digits.test, mask), grey = damage(digits.test, mask, 0.7f);
  for (const Contestant& c : contestants(digits, {})) {
    if (c.is_network) continue;
    const Restorer restore = c.make(0);
    const Tensor<float> restored = restore(black, mask);
    EXPECT_EQ(restored, restore(grey, mask)) << c.name << " reads the hole";
    EXPECT_EQ(composite(restored, digits.test, mask), restored) << c.name << " changes known pixels";
  }
}
