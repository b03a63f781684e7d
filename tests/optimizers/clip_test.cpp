#include "mend/optimizers/clip.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "mend/tensor/ops.hpp"
#include "optimizers/paper.hpp"

using namespace mend;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace

// (3, 0) and (0, 4) are together of length 5: clipped to 1, a fifth of each remains.
TEST(ClipByNorm, ByHand) {
  Weights<double> w({{2}, {2}});
  const auto p = w.parameters();
  p[0]->grad = Tensor<double>({2}, {3, 0});
  p[1]->grad = Tensor<double>({2}, {0, 4});
  EXPECT_DOUBLE_EQ(clip_by_norm(p, 1), 5);
  EXPECT_DOUBLE_EQ(p[0]->grad[0], 0.6);
  EXPECT_DOUBLE_EQ(p[1]->grad[1], 0.8);
  EXPECT_EQ(p[0]->grad[1], 0);
}

// PyTorch's clip_grad_norm_ does the same, but divides by the norm plus 1e-6; make_golden.py takes that out again.
TEST(ClipByNorm, AgreesWithPyTorch) {
  Golden golden("optimizers", "clip_by_norm");
  Weights<double> w({{2, 3}, {4}});
  const auto p = w.parameters();
  p[0]->grad = golden["matrix.gradient"];
  p[1]->grad = golden["vector.gradient"];
  golden.expect("norm", Tensor<double>({1}, clip_by_norm(p, 0.5)));
  golden.expect("matrix.clipped", p[0]->grad);
  golden.expect("vector.clipped", p[1]->grad);
}

// The norm is that of all parameters together, the direction stays, and values are left alone.
TEST(ClipByNorm, KeepsTheDirection) {
  Weights<float> w({{13, 7}, {1}, {40}});
  double squares = 0;
  std::vector<Tensor<float>> before, values;
  for (Parameter<float>* p : w.parameters()) {
    p->grad = p->value * 3;
    before.push_back(p->grad);
    values.push_back(p->value);
    for (const float g : p->grad) squares += static_cast<double>(g) * g;
  }
  EXPECT_NEAR(clip_by_norm(w.parameters(), 0.5), std::sqrt(squares), 1e-12 * std::sqrt(squares));
  const double factor = 0.5 / std::sqrt(squares);
  for (std::size_t k = 0; k < 3; ++k) {
    const Parameter<float>& p = *w.parameters()[k];
    for (std::size_t i = 0; i < p.grad.size(); ++i) EXPECT_NEAR(p.grad[i], factor * before[k][i], 1e-8);
    EXPECT_EQ(p.value, values[k]);
  }
  EXPECT_NEAR(clip_by_norm(w.parameters(), infinity), 0.5, 1e-7);  // what is left
}

TEST(ClipByNorm, LeavesShortGradientsAlone) {
  Weights<float> w({{13, 7}, {40}});
  for (Parameter<float>* p : w.parameters()) p->grad = p->value;
  const double norm = clip_by_norm(w.parameters(), infinity);
  EXPECT_EQ(clip_by_norm(w.parameters(), norm), norm);
  EXPECT_EQ(clip_by_norm(w.parameters(), 2 * norm), norm);
  for (const Parameter<float>* p : w.parameters()) EXPECT_EQ(p->grad, p->value);
  for (Parameter<float>* p : w.parameters()) p->grad.fill(0);
  EXPECT_EQ(clip_by_norm(w.parameters(), 1), 0);
  EXPECT_EQ(clip_by_norm(std::vector<Parameter<float>*>{}, 1), 0);
}

// The largest floats have squares that only double can hold.
TEST(ClipByNorm, ClipsAnExplosion) {
  Weights<float> w({{2}});
  w.parameters()[0]->grad = Tensor<float>({2}, {3e30f, -4e30f});
  EXPECT_NEAR(clip_by_norm(w.parameters(), 1) / 5e30, 1, 1e-6);
  EXPECT_NEAR(w.parameters()[0]->grad[0], 0.6, 1e-7);
  EXPECT_NEAR(w.parameters()[0]->grad[1], -0.8, 1e-7);
}

// What is not finite is not hidden: nothing is scaled, and the norm says what is wrong.
TEST(ClipByNorm, LeavesWhatIsNotFinite) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  Weights<float> w({{2}});
  Tensor<float>& grad = w.parameters()[0]->grad;
  grad = Tensor<float>({2}, {7, nan});
  EXPECT_TRUE(std::isnan(clip_by_norm(w.parameters(), 1)));
  EXPECT_EQ(grad[0], 7);
  grad = Tensor<float>({2}, {7, std::numeric_limits<float>::infinity()});
  EXPECT_EQ(clip_by_norm(w.parameters(), 1), infinity);
  EXPECT_EQ(grad[0], 7);
}

TEST(ClipByNorm, RefusesANormThatIsNone) {
  Weights<float> w({{2}});
  for (const double norm : {0.0, -1.0, std::nan("")}) EXPECT_THROW(clip_by_norm(w.parameters(), norm), Error);
}
