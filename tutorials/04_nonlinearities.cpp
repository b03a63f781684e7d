// # Non-linearities
//
// You learn what bends a network: four functions, their slopes, what happens at a *kink*, where a curve has a
// corner, and how units saturate and die. A *unit* is one output of a dense layer together with the function
// that bends it.
//
// ## What you will see
//
// - a figure: the four functions and their slopes;
// - the two slopes of ReLU, the rectified linear unit \f$ \max(x, 0) \f$, at its kink, and how seldom a step
//   of 6e-6 crosses one, in a second figure;
// - units that die of one step that was too long, and a cure.
//
// It runs for a second or two, without a data set.
//
// **Needs:** @ref tutorial_03_dense_layer.
//
// ## Shapes
//
// | symbol   | meaning                                           | shape   |
// |----------|---------------------------------------------------|---------|
// | `x`      | points at which the functions are drawn           | (P)     |
// | `y`      | a function's values there                         | (P)     |
// | `dx`     | its slopes there, from a `dy` of ones             | (P)     |
// | `W1`     | first weights of the network that crosses kinks   | (D, H)  |
// | `W2`     | its second weights                                | (H, H') |
// | `inputs` | examples for the network whose units die          | (N, K)  |
// | `sums`   | its targets                                       | (N, 1)  |
//
// All of these functions work on each element by itself, so `x`, `y`, `dy` and `dx` have one shape, whichever
// it is.

#include <algorithm>
#include <cmath>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "cli/tutorial.hpp"
#include "mend/check/gradient_check.hpp"
#include "mend/figures/chart.hpp"
#include "mend/layers/dense.hpp"
#include "mend/layers/leaky_relu.hpp"
#include "mend/layers/relu.hpp"
#include "mend/layers/sequential.hpp"
#include "mend/layers/sigmoid.hpp"
#include "mend/layers/tanh.hpp"
#include "mend/losses/mse.hpp"
#include "mend/tensor/functions.hpp"
#include "mend/tensor/ops.hpp"

using namespace mend;

// ## The derivation
//
// If \f$ y = f(x) \f$ element by element, then each `y` depends on a single `x`, and the chain rule has a
// single term: \f$ dx = dy \cdot f'(x) \f$. All that is left is \f$ f' \f$. For the sigmoid, with the
// quotient rule,
// \f[
//   \sigma(x) = \frac{1}{1 + e^{-x}}, \qquad
//   \sigma'(x) = \frac{e^{-x}}{(1 + e^{-x})^2}
//              = \frac{1}{1 + e^{-x}} \cdot \frac{(1 + e^{-x}) - 1}{1 + e^{-x}}
//              = \sigma(x)\,(1 - \sigma(x)) .
// \f]
// The slope needs nothing but the value, which forward has at hand anyway. The product of a number and what
// it lacks to 1 is largest in the middle, so the slope is never above 1/4. The hyperbolic tangent is a
// sigmoid stretched to (-1, 1), \f$ \tanh x = 2 \sigma(2x) - 1 \f$, so its slope is
// \f$ 4 \sigma(2x) (1 - \sigma(2x)) = 1 - \tanh^2 x \f$, at most 1. ReLU, \f$ \max(x, 0) \f$, has the slope 1
// to the right of 0 and 0 to the left. LeakyReLU has a small slope instead of 0, here 1/100.

struct Function {
  std::string name;
  std::shared_ptr<Layer<double>> layer;
  Tensor<double> value(const Tensor<double>& x) const { return layer->predict(x); }
  Tensor<double> slope(const Tensor<double>& x) const {
    layer->forward(x);
    return layer->backward(Tensor<double>(x.shape(), 1.0));  // dy = 1 leaves f'(x)
  }
};

// ## Which units are awake?
//
// A ReLU network is a patchwork: as long as no unit crosses its kink, the network is a linear function. A
// unit is *awake* where its sum is positive, else *asleep*. The pattern of those that are awake says in which
// patch an input lies. To see whether a step crosses a kink, we compare patterns before and after.

struct TwoLayers {
  Dense<float> first, second;
  std::vector<bool> pattern(const Tensor<float>& x) const {
    const Tensor<float> z1 = first.predict(x);                           // (N, 256)
    const Tensor<float> z2 = second.predict(Relu<float>().predict(z1));  // (N, 128)
    std::vector<bool> awake;
    for (const float z : z1) awake.push_back(z > 0);
    for (const float z : z2) awake.push_back(z > 0);
    return awake;
  }
};

// And the *hidden* units, those between input and output, of a network `Dense, bend, Dense` that are asleep
// for every example of a batch:

std::size_t count_asleep(const Sequential<double>& net, const Tensor<double>& x) {
  const Tensor<double> z = net[0].predict(x);  // (N, D)
  std::vector<bool> awake(z.dim(1));
  for (std::size_t i = 0; i < z.size(); ++i)
    if (z[i] > 0) awake[i % z.dim(1)] = true;
  return static_cast<std::size_t>(std::count(awake.begin(), awake.end(), false));
}

void nonlinearities(cli::Tutorial& tutorial) {
  // ## Four functions
  //
  // The values and slopes come from the layers themselves: `predict` gives the value, and `backward` with a
  // `dy` of ones gives the slope.

  const std::vector<Function> functions = {{"ReLU", std::make_shared<Relu<double>>()},
                                           {"LeakyReLU", std::make_shared<LeakyRelu<double>>(0.01)},
                                           {"sigmoid", std::make_shared<Sigmoid<double>>()},
                                           {"tanh", std::make_shared<Tanh<double>>()}};
  const Function &relu = functions[0], &leaky = functions[1], &sigma = functions[2], &tangent = functions[3];

  std::vector<double> axis;
  for (int i = -100; i <= 100; ++i) axis.push_back(i / 25.0 + 0.001);  // beside the kink, not on it
  const Tensor<double> x({axis.size()}, axis);
  std::vector<Chart> curves(2);
  curves[0].title = "value";
  curves[0].y_label = "f(x)";
  curves[1].title = "slope";
  curves[1].y_label = "f'(x)";
  for (const Function& f : functions) {
    const Tensor<double> y = f.value(x), slope = f.slope(x);
    curves[0].series.push_back({f.name, axis, {y.begin(), y.end()}, {}, {}, Mark::line});
    curves[1].series.push_back({f.name, axis, {slope.begin(), slope.end()}, {}, {}, Mark::line});
  }
  for (Chart& chart : curves) chart.x_label = "x";
  save_chart(tutorial.file("04_functions"), curves,
             "Left, the values: ReLU and LeakyReLU bend at zero, sigmoid and tanh level off. Right, the "
             "slopes: steps for the first two, bells for the others, lower for the sigmoid.");
  tutorial.show_shape("x", "(P)", x.shape());
  tutorial.show_shape("y", "(P)", relu.value(x).shape());
  tutorial.show_shape("dx", "(P)", relu.slope(x).shape());

  // @figure{04_functions.svg} The bell of the sigmoid is a quarter as high as that of tanh. Where a bell has
  // run out, no gradient gets through.
  //
  // ## Saturation
  //
  // A unit far out on the flat part is *saturated*: whatever the loss says, its weights hardly move. The
  // slope of the sigmoid at 10 is about \f$ e^{-10} \f$, a small part of what it was in the middle.

  const auto slope_at = [](const Function& f, double at) { return f.slope(Tensor<double>({1}, at))[0]; };
  std::cout << "slope of the sigmoid at 0: " << slope_at(sigma, 0) << ", at 10: " << slope_at(sigma, 10)
            << "; of tanh at 0: " << slope_at(tangent, 0) << "\n";
  tutorial.expect("sigmoid_slope_at_0", slope_at(sigma, 0), 0.25, 0.25);
  tutorial.expect("tanh_slope_at_0", slope_at(tangent, 0), 1, 1);
  tutorial.expect("sigmoid_slope_at_10_over_exp", slope_at(sigma, 10) / std::exp(-10.0), 1 - 1e-4, 1);

  // Even at its best the sigmoid passes on a quarter. Ten of them in a row, each in its middle, leave
  // \f$ 4^{-10} \f$ of the gradient: about a millionth. This is why deep networks waited for ReLU, whose
  // slope of 1 loses nothing.

  double through_sigmoids = 1, through_relus = 1;
  for (int layer = 0; layer < 10; ++layer) {
    through_sigmoids *= slope_at(sigma, 0);
    through_relus *= slope_at(relu, 1);
  }
  std::cout << "a gradient of 1 through ten sigmoids: " << through_sigmoids
            << ", through ten ReLUs: " << through_relus << "\n";
  tutorial.expect("through_ten_sigmoids", through_sigmoids, std::pow(0.25, 10), std::pow(0.25, 10));

  // ## At the kink
  //
  // ReLU has two slopes at 0, one on either side, and no derivative. Backward must return something; any
  // number between the two, a *subgradient*, is sound. This library says 0, and the checker accepts whatever
  // lies between the one-sided slopes that it measures.

  std::cout << "slopes at 0     left  right  backward\n";
  int between = 0;
  for (const Function& f : functions) {
    const double h = 1e-6, middle = f.value(Tensor<double>({1}))[0];
    const double left = (middle - f.value(Tensor<double>({1}, -h))[0]) / h;
    const double right = (f.value(Tensor<double>({1}, h))[0] - middle) / h;
    const double backward = slope_at(f, 0);
    std::cout << f.name << ":  " << left << "  " << right << "  " << backward << "\n";
    between += std::min(left, right) - 1e-6 <= backward && backward <= std::max(left, right) + 1e-6;
  }
  tutorial.expect("slopes_between", between, 4, 4);
  tutorial.expect("relu_slope_at_0", slope_at(relu, 0), 0, 0);
  tutorial.expect("leaky_slope_at_minus_1", slope_at(leaky, -1), 0.01, 0.01);

  // ## Are kinks a nuisance when checking?
  //
  // A central difference whose two ends lie on different sides of a kink measures a mixture of two slopes,
  // and a correct gradient seems wrong. How often does that happen? We take a random 784-256-128 network, 784
  // inputs and layers of 256 and 128 units, and a random input, move one random weight of the first layer by
  // h to either side, and see whether any of the 384 units wakes or falls asleep. Then the same with another
  // weight and another input, again and again. The weights come from `he_normal`: normal numbers with the
  // variance 2 / inputs, so that values keep their size although ReLU drops half of them.

  Random random(tutorial.seed, "kinks");
  TwoLayers net{Dense<float>(784, 256, random, he_normal), Dense<float>(256, 128, random, he_normal)};
  tutorial.show_shape("W1", "(D, H)", net.first.weight().shape());
  tutorial.show_shape("W2", "(H, H')", net.second.weight().shape());
  const std::size_t tries = tutorial.full_or_quick(1000, 300);
  Series crossings;
  crossings.mark = Mark::line_points;
  for (const double h : {6e-6, 1e-4, 1e-3, 1e-2, 1e-1}) {
    Random which(tutorial.seed, "which weight");  // the same weights and inputs for every h
    int crossed = 0;
    for (std::size_t i = 0; i < tries; ++i) {
      const Tensor<float> image = cast<float>(random_normal({1, 784}, which));
      Tensor<float>& weight = net.first.parameters()[0]->value;
      float& w = weight[which.below(weight.size())];
      const float before = w;
      w = before + static_cast<float>(h);
      const std::vector<bool> above = net.pattern(image);
      w = before - static_cast<float>(h);
      const std::vector<bool> below = net.pattern(image);
      w = before;
      crossed += above != below;
    }
    const double share = crossed / static_cast<double>(tries);
    crossings.x.push_back(h);
    crossings.y.push_back(share);
    std::cout << "h = " << h << ": " << crossed << " of " << tries << " weights cross a kink\n";
  }
  Chart kinks;
  kinks.title = "Weights that cross a kink when moved by h";
  kinks.x_label = "step h";
  kinks.y_label = "share of weights";
  kinks.log_x = true;
  kinks.series = {crossings};
  save_chart(
      tutorial.file("04_kinks"), {kinks},
      "The share of weights that cross a kink is nearly zero up to a step of 1e-4 and about a fifth at 0.1.",
      "random 784-256-128 network, random inputs, seed " + std::to_string(tutorial.seed));

  // @figure{04_kinks.svg} As long as the share is small it grows in proportion to the step: a kink is crossed
  // when some unit lies within reach.
  //
  // At 6e-6, the best step in double, kinks are a rarity, and what few there are the checker detects by their
  // unequal one-sided slopes. At 0.01, a step for float, they are everyday. The bands leave about three
  // standard deviations of such a count to either side.

  tutorial.expect("crossings_at_6e-6", crossings.y[0], 0, 0.01);
  tutorial.expect("crossings_at_0.01", crossings.y[3], 0.003, 0.07);
  tutorial.expect("crossings_at_0.1", crossings.y[4], 0.1, 0.3);

  // The complex step does not cross anything, since it leaves the real part where it is. So a whole network
  // with ReLU can be proved like a dense layer:

  const CheckReport proof = check_layer(
      []<class T>(Random& init) {
        Sequential<T> both;
        both.template add<Dense>(6, 5, init).template add<Relu>().template add<Dense>(5, 3, init);
        return both;
      },
      Shape{4, 6}, CheckOptions{.seed = tutorial.seed});
  std::cout << "Dense(6, 5), Relu, Dense(5, 3)\n" << proof;
  tutorial.expect("relu_network_accepted", proof.passed(), 1, 1);

  // ## Dead units
  //
  // A ReLU unit that is asleep for *every* example has the slope 0 everywhere. Its weights get no gradient,
  // so they stay as they are: it is *dead*. The usual cause is one step that was too long and left a large
  // negative bias. We do on purpose what such a step does by accident: all 64 hidden units of a network start
  // with the bias -4. The task is to tell the sum of ten numbers. Then we walk downhill, 2000 steps.

  const Tensor<double> inputs = map(Tensor<double>({64, 10}), [&](double) { return random.uniform(); });
  Tensor<double> sums({64, 1});
  for (std::size_t i = 0; i < inputs.size(); ++i) sums[i / 10] += inputs[i];
  tutorial.show_shape("inputs", "(N, K)", inputs.shape());
  tutorial.show_shape("sums", "(N, 1)", sums.shape());

  struct Outcome {
    double asleep_before, asleep_after, weights_moved, loss;
  };
  const auto train = [&](const std::string& name, std::unique_ptr<Layer<double>> bend) {
    Random init(tutorial.seed, "dead units");
    Sequential<double> deep;
    deep.add<Dense>(10, 64, init, he_normal).add(std::move(bend)).add<Dense>(64, 1, init, he_normal);
    deep.parameters()[1]->value.fill(-4);
    const Tensor<double> first_weights = deep.parameters()[0]->value;
    Outcome outcome{};
    outcome.asleep_before = static_cast<double>(count_asleep(deep, inputs));
    for (int step = 0; step < 2000; ++step) {
      const Loss<double> loss = mse(deep.forward(inputs), sums);
      zero_grad(deep.parameters());
      deep.backward(loss.gradient);
      for (Parameter<double>* p : deep.parameters()) p->value -= p->grad * 0.02;
      outcome.loss = loss.value;
    }
    outcome.asleep_after = static_cast<double>(count_asleep(deep, inputs));
    const Tensor<double> moved = deep.parameters()[0]->value - first_weights;
    outcome.weights_moved = std::sqrt(dot(moved, moved));
    std::cout << name << ": " << outcome.asleep_before << " of 64 units asleep before, "
              << outcome.asleep_after << " after; their weights moved by " << outcome.weights_moved
              << "; loss " << outcome.loss << "\n";
    return outcome;
  };
  const Outcome with_relu = train("ReLU", std::make_unique<Relu<double>>());
  const Outcome with_leaky = train("LeakyReLU 0.1", std::make_unique<LeakyRelu<double>>(0.1));

  // All that the network with ReLU can still learn is its last bias. The best constant is the mean of the
  // targets, and the loss of that is their variance, neither more nor less. LeakyReLU has a slope everywhere:
  // its units learn although they sleep, and the loss falls to a fraction of the variance.

  double variance = 0;
  for (const double v : sums) variance += (v - mean(sums)) * (v - mean(sums)) / 64;
  tutorial.expect("relu_units_asleep", with_relu.asleep_after, 64, 64);
  tutorial.expect("relu_weights_moved", with_relu.weights_moved, 0, 0);
  tutorial.expect("relu_loss_over_variance", with_relu.loss / variance, 1 - 1e-6, 1 + 1e-6);
  tutorial.expect("leaky_loss_over_variance", with_leaky.loss / variance, 0, 0.3);

  // ## Run
  //
  // ```
  // build/release/tutorials/04_nonlinearities
  // ```
  //
  // Each line with EXPECT names a number, its value and the band in which it must lie. One that does not ends
  // in FAILED, and so does the program. `--seed N` tries other random numbers, `--out DIR` puts the figures
  // elsewhere.
  //
  // @output
  //
  // ## If it differs
  //
  // - **The slope of tanh is right at 0 and wrong elsewhere, or that of the sigmoid is 0 at 0**: `x` was put
  //   for `y` into \f$ 1 - y^2 \f$ or \f$ y (1 - y) \f$. Forward must keep the value that belongs there.
  // - **No `dx` of ReLU is negative, whatever `dy` is**: the *mask*, 1 where something passes and 0 where
  //   not, was taken from the sign of `dy`, not of `x`. A `dy` with both signs shows it.
  // - **Your own check of a ReLU network fails now and then**: its central difference takes a large step, or
  //   computes in float, and crosses kinks. Take a step of 6e-6 in double, or the complex step, before you
  //   loosen a tolerance.
  //
  // ## Exercise
  //
  // Try: write the layer ELU, \f$ x \f$ above 0 and \f$ e^x - 1 \f$ below, with its backward, and have
  // `check_layer` judge it. Why does it have no kink? Then put it in place of LeakyReLU in the last
  // experiment. What does its slope at -4 let you expect? And why does LeakyReLU with its usual slope of 0.01
  // hardly get anywhere in 2000 steps?
  //
  // ## For the lecturer
  //
  // @lesson{20}
  //
  // Afterwards the class should be able to follow a gradient through a bend and say where it gets lost. Stop
  // before the last experiment and have the final loss of the network with ReLU predicted.
  //
  // - **Before running: what is left of a gradient of 1 after ten sigmoids, each at 0? And after ten tanh?**
  //   \f$ 4^{-10} \f$, about a millionth, for the sigmoid at its best. After ten tanh at 0 all of it, since
  //   that slope is 1 there.
  // - **Why is the bell of the sigmoid a quarter as high as that of tanh?**
  //   \f$ \tanh x = 2 \sigma(2x) - 1 \f$: one factor 2 stands before the sigmoid, the other inside it, so the
  //   slope is \f$ 4 \sigma'(2x) \f$.
  // - **Before running: all hidden ReLU units are asleep. Which parameters can still learn, and where does
  //   the loss end?** Only the last bias. The first layer gets no gradient through the slope 0, and that of
  //   the second weights is a product with outputs that are all 0. The best constant is the mean of the
  //   targets, so the loss ends at their variance.
  // - **A common belief: train a dead unit longer and it wakes. Does it?** No. Its weights and its bias get
  //   the gradient 0 in every one of the 2000 steps, and plain descent then leaves them exactly where they
  //   are: `relu_weights_moved` is 0. Something else must change, such as its inputs or the function.
  // - **A common belief: ReLU has no derivative at 0, so its gradient cannot be checked. Why can it?** The
  //   complex step leaves the real part where it is and crosses no kink. Exactly at the kink, every number
  //   between the slopes of the two sides is accepted.
  //
  // ## Next
  //
  // The walk downhill in the last experiment was the crudest there is. @ref tutorial_05_descent does better.
}

int main(int argc, char** argv) {
  return cli::run_tutorial(argc, argv, "Non-linearities: slopes, kinks, saturation and dead units",
                           nonlinearities);
}
