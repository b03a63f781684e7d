// # Dropout
//
// While a network trains, dropout switches off each unit with probability p, anew for every example. No unit can rely
// on another being there, so each has to be useful by itself.
//
// With a mask of independent \f$ m_i \f$, which is 0 with probability p and \f$ 1/(1-p) \f$ otherwise,
// \f[
//   y_i = m_i\, x_i, \qquad \mathrm{E}[y_i] = p \cdot 0 + (1-p) \cdot \frac{x_i}{1-p} = x_i .
// \f]
// The factor \f$ 1/(1-p) \f$ is why prediction needs none: y is right on average while training, so that the identity
// is right afterwards. This order of things is called *inverted* dropout.
//
// **Backward.** Once drawn, the mask is a constant, and the layer a linear one:
// \f[
//   dx_i = m_i\, dy_i ,
// \f]
// with the very mask of the last forward. The stream of the masks belongs to the layer and to checkpoints, so that a
// continued training sees the masks that an uninterrupted one would have seen.

#include "mend/layers/dropout.hpp"

#include <cmath>

#include "golden/golden.hpp"
#include "layers/layer_laws.hpp"

using namespace mend;

namespace {

const auto make = []<class T>(Random&) { return Dropout<T>(0.3, Random(5, "dropout")); };

}  // namespace

// ## The proof
//
// The check sets the stream back before each evaluation: the same mask each time.

TEST(Dropout, GradientIsExact) {
  const CheckReport report = check_layer(make, Shape{5, 4});
  EXPECT_TRUE(report.passed()) << report;
  std::cout << report;
}

TEST(Dropout, ObeysTheLaws) { laws::expect_layer_laws(make, Shape{5, 4}); }

TEST(Dropout, ObeysTheLawsForImages) { laws::expect_layer_laws(make, Shape{5, 2, 4, 3}); }

// Under one mask y is linear in x, and the matrix of that map is diagonal, hence its own transpose: for any x and r,
// \f$ \langle m \odot x, r \rangle = \langle x, m \odot r \rangle \f$.

TEST(Dropout, BackwardIsTheAdjointOfForward) {
  Random random(4);
  Dropout<double> dropout(0.3, Random(5, "dropout"));
  const Tensor<double> x = random_normal({5, 4}, random), r = random_normal({5, 4}, random);
  const double there = dot(dropout.forward(x), r);
  EXPECT_NEAR(there, dot(x, dropout.backward(r)), 1e-13);
}

// ## By hand
//
// With p = 1/2, what is kept is doubled, forward and backward alike.

TEST(Dropout, ByHand) {
  Dropout<double> dropout(0.5, Random(1));
  Random same(1);
  const Tensor<double> x({2, 3}, {1, 2, 3, 4, 5, 6});
  const Tensor<double> y = dropout.forward(x), dx = dropout.backward(Tensor<double>({2, 3}, 10.0));
  for (std::size_t i = 0; i < x.size(); ++i) {
    const bool off = same.uniform() < 0.5;
    EXPECT_EQ(y[i], off ? 0 : 2 * x[i]);
    EXPECT_EQ(dx[i], off ? 0 : 20);
  }
}

TEST(Dropout, PredictIsTheIdentity) {
  Random random(3);
  const Tensor<double> x = random_normal({5, 4}, random);
  EXPECT_EQ(Dropout<double>(0.9, Random(1)).predict(x), x);
}

TEST(Dropout, OfNothingIsTheIdentity) {
  Random random(3);
  const Tensor<double> x = random_normal({5, 4}, random);
  Dropout<double> dropout(0, Random(1));
  EXPECT_EQ(dropout.forward(x), x);
  EXPECT_EQ(dropout.backward(x), x);
}

// Of n = 40,000 units, about np are off, give or take \f$ \sqrt{np(1-p)} \f$; five times this happens to one fair coin
// in two million. The mean of y for x = 1 stays 1 as well, with deviation \f$ \sqrt{p / ((1-p)n)} \f$.

TEST(Dropout, SwitchesOffTheShareItSays) {
  const Tensor<double> ones({200, 200}, 1.0);
  const double n = static_cast<double>(ones.size());
  for (const double p : {0.1, 0.5, 0.9}) {
    const Tensor<double> y = Dropout<double>(p, Random(11, "dropout")).forward(ones);
    const double off = static_cast<double>(std::count(y.begin(), y.end(), 0.0));
    EXPECT_NEAR(off, n * p, 5 * std::sqrt(n * p * (1 - p)));
    EXPECT_NEAR(mean(y), 1, 5 * std::sqrt(p / ((1 - p) * n)));
  }
}

TEST(Dropout, DrawsAnewAndContinuesWhereItsStreamWas) {
  const Tensor<float> ones({20, 20}, 1.0f);
  Dropout<float> dropout(0.5, Random(2, "dropout"));
  const Tensor<float> first = dropout.forward(ones);
  ASSERT_EQ(dropout.random_streams().size(), 1);
  const std::string state = dropout.random_streams()[0]->state();
  const Tensor<float> second = dropout.forward(ones);
  EXPECT_NE(first, second);

  Dropout<float> continued(0.5, Random(99));
  continued.random_streams()[0]->restore(state);
  EXPECT_EQ(continued.forward(ones), second);
}

TEST(Dropout, SaysItsRate) { EXPECT_EQ(Dropout<float>(0.1, Random(1)).describe(), "Dropout(0.1)"); }

// ## A second opinion
//
// PyTorch differentiates \f$ m \odot x \f$ for a mask that a Python script draws, from our random stream written a
// second time. It agrees on the mask, on y and on dx.

TEST(Dropout, AgreesWithPyTorch) { expect_layer_of_pytorch("dropout", make); }

// ## Errors
//
// At p = 1 nothing would be left to scale.

TEST(Dropout, RefusesARateOutsideZeroToOne) {
  for (const double rate : {-0.1, 1.0, 1.5, std::nan("")})
    EXPECT_THROW(Dropout<float>(rate, Random(1)), Error) << rate;
}
