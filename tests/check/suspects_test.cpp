#include "mend/check/suspects.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "mend/check/gradient_check.hpp"
#include "mend/layers/dense.hpp"
#include "mend/layers/tanh.hpp"
#include "mend/tensor/ops.hpp"

using namespace mend;
using Complex = std::complex<double>;

namespace {

// Each suspect's gradient against the backward of a right layer, given what the mistake would have given it.
struct Line {
  Random random{1};
  Tensor<double> x = random_normal({5, 4}, random), dy = random_normal({5, 3}, random);
  Dense<double> layer{random_normal({4, 3}, random), random_normal({3}, random)};
  Dense<Complex> twin{cast<Complex>(layer.weight()), cast<Complex>(layer.bias())};
  Tensor<Complex> twin_x = cast<Complex>(x);
  Frozen<Complex> frozen{twin};
  Suspects suspects{frozen, twin_x, dy};

  std::vector<Suspect> of(std::size_t parameter) {
    Tensor<Complex>& at = twin.parameters()[parameter]->value;
    return suspects.of(at, all_coordinates(at.shape()), Tensor<double>({at.size()}));
  }
  Tensor<double> gradient(std::size_t parameter, const Tensor<double>& seen, const Tensor<double>& upstream) {
    zero_grad(layer.parameters());
    layer.forward(seen);
    layer.backward(upstream);
    const Tensor<double>& grad = layer.parameters()[parameter]->grad;
    return grad.reshaped({grad.size()});
  }
};

std::vector<Suspect> named(const std::vector<Suspect>& all, Cause cause) {
  std::vector<Suspect> some;
  std::copy_if(all.begin(), all.end(), std::back_inserter(some),
               [&](const Suspect& s) { return s.cause == cause; });
  return some;
}

}  // namespace

TEST(Suspects, OtherBatchHasTheSameRowsElsewhere) {
  EXPECT_EQ(other_batch(Tensor<double>({3, 2}, {1, 2, 3, 4, 5, 6})),
            Tensor<double>({3, 2}, {3, 4, 5, 6, 1, 2}));
  EXPECT_EQ(other_batch(Tensor<double>({1, 3}, {1, 2, 3})), Tensor<double>({1, 3}, {2, 3, 1}));
  EXPECT_EQ(other_batch(Tensor<double>({1, 1}, {7})), Tensor<double>({1, 1}, {7}));
}

TEST(Suspects, AStaleLayerWouldReturnTheGradientAtTheOtherBatch) {
  Line line;
  const std::vector<Suspect> stale = named(line.of(0), Cause::stale);
  ASSERT_EQ(stale.size(), 1u);
  EXPECT_LE(relative_error(stale[0].gradient(), line.gradient(0, other_batch(line.x), line.dy)), 1e-14);
  EXPECT_EQ(line.twin_x, cast<Complex>(line.x)) << "set back";
}

TEST(Suspects, ALayerThatForgetsToSumWouldReturnTheGradientOfARow) {
  Line line;
  for (const std::size_t parameter : {0, 1}) {
    const std::vector<Suspect> rows = named(line.of(parameter), Cause::one_example);
    ASSERT_EQ(rows.size(), 5u);
    for (std::size_t n = 0; n < 5; ++n) {
      const Tensor<double> alone =
          line.gradient(parameter, slice_rows(line.x, n, 1), slice_rows(line.dy, n, 1));
      EXPECT_LE(relative_error(rows[n].gradient(), alone), 1e-14) << n;
    }
  }
}

TEST(Suspects, OfXAreAlsoMistakesWithASlopeWhenTheLayerMayWorkElementByElement) {
  Random random(1);
  Tensor<Complex> x({2, 3});
  Tanh<Complex> tanh;
  Frozen<Complex> frozen(tanh);
  const Tensor<double> dy({2, 3}, {1, -2, 3, -4, 5, -6}), truth({6}, {0.5, -1, 0.3, -4, 1, -1.2});
  Suspects suspects(frozen, x, dy);
  const std::vector<Suspect> all = suspects.of(x, all_coordinates(x.shape()), truth);
  const auto gradient = [&](Cause cause, std::size_t i) { return named(all, cause).at(i).gradient(); };
  EXPECT_EQ(gradient(Cause::slope_forgotten, 0), Tensor<double>({6}, {1, -2, 3, -4, 5, -6}));
  EXPECT_LE(relative_error(gradient(Cause::slope_twice, 0),
                           Tensor<double>({6}, {0.25, -0.5, 0.03, -4, 0.2, -0.24})),
            1e-15);
  EXPECT_EQ(gradient(Cause::mask_from_upstream, 0), Tensor<double>({6}, {1, 0, 3, 0, 5, 0}));
  EXPECT_EQ(gradient(Cause::mask_from_upstream, 1), Tensor<double>({6}, {0.5, 0, 0.3, 0, 1, 0}));
  // slopes of 0.1 to 1: a rectifier that leaks
  EXPECT_LE(relative_error(gradient(Cause::mask_from_upstream, 2),
                           Tensor<double>({6}, {1, -0.2, 3, -0.4, 5, -0.6})),
            1e-15);
  EXPECT_TRUE(named(all, Cause::one_example).empty()) << "each row of x has a gradient of its own";
}

TEST(Suspects, OfALayerThatChangesTheShapeHaveNoSlope) {
  Line line;
  const std::vector<Suspect> all =
      line.suspects.of(line.twin_x, all_coordinates(line.x.shape()), Tensor<double>({20}));
  EXPECT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].cause, Cause::stale);
}
