// # A layer of your own
//
// In ten minutes you add a layer that the library does not have: formula, class, a backward pass of three
// lines, and the checks that say whether it is right.
//
// ## What you will see
//
// - a figure: the new function and its slope;
// - both gradients proved, and a wrong version whose two mistakes the report tells apart;
// - a curve that the layer fits better than ReLU, and one that it fits worse.
//
// It runs for less than a second, without a data set.
//
// **Needs:** @ref tutorial_03_dense_layer and @ref tutorial_04_nonlinearities.
//
// ## Shapes
//
// | symbol   | meaning                           | shape  |
// |----------|-----------------------------------|--------|
// | `x`      | a batch, an example a row         | (N, D) |
// | `beta`   | learnt, one number per feature    | (D)    |
// | `y`      | what the layer says               | (N, D) |
// | `dy`     | the gradient from the layer above | (N, D) |
// | `dx`     | the gradient for the layer below  | (N, D) |
// | `dbeta`  | the gradient for the optimizer    | (D)    |
// | `points` | where a curve is known            | (M, 1) |
// | `hidden` | what U units say to M points      | (M, U) |

#include <algorithm>
#include <cmath>
#include <complex>
#include <iostream>
#include <numbers>
#include <string>
#include <vector>

#include "cli/tutorial.hpp"
#include "mend/check/gradient_check.hpp"
#include "mend/check/layer_laws.hpp"
#include "mend/figures/chart.hpp"
#include "mend/layers/dense.hpp"
#include "mend/layers/relu.hpp"
#include "mend/layers/sequential.hpp"
#include "mend/losses/mse.hpp"
#include "mend/optimizers/adam.hpp"
#include "mend/tensor/functions.hpp"
#include "mend/tensor/ops.hpp"

using namespace mend;

// ## The formula
//
// The layer is *Swish* (Ramachandran, Zoph and Le 2017): the input times a gate that the input itself opens,
// \f[
//   y_{nd} = x_{nd}\, s_{nd}, \qquad s_{nd} = \sigma(\beta_d\, x_{nd}), \qquad
//   \sigma(z) = \frac{1}{1 + e^{-z}} .
// \f]
// \f$\beta\f$ says how suddenly the gate opens. At 0 it is always half open, and y is the straight line x/2.
// For a large \f$\beta\f$ it is nearly a switch, and y nearly ReLU. Each feature learns its own
// \f$\beta\f$, so the layer owes two gradients, `dx` and `dbeta`.
//
// ## The class
//
// @ref mend::Layer demands five members, and offers a sixth:
//
// | member         | why                                                                      |
// |----------------|--------------------------------------------------------------------------|
// | `describe`     | errors begin with it; equal texts mean equal architectures               |
// | `output_shape` | says what would come out before anything runs, and refuses a wrong `x`   |
// | `predict`      | the mathematics; remembers nothing, so several threads may call it       |
// | `forward`      | `predict`, and keeps what `backward` needs                               |
// | `backward`     | from `dy` to `dx`; adds to the gradients of parameters on the way        |
// | `parameters`   | what the optimizer changes; most layers have none                        |
//
// The class is a template: float trains, double is checked, and complex numbers carry the complex step. So
// the formula must make sense for complex numbers, as `sigmoid` of the library does.

template <class T>
class Swish : public Layer<T> {
 public:
  explicit Swish(std::size_t features) : Swish(Tensor<T>({features}, T(1))) {}
  explicit Swish(Tensor<T> beta) : beta_("beta", std::move(beta)) {}

  std::string describe() const override { return "Swish(" + std::to_string(features()) + ")"; }
  Shape output_shape(const Shape& x) const override {
    require_columns(*this, x, features());  // throws unless x is (N, D)
    return x;
  }
  std::vector<Parameter<T>*> parameters() override { return {&beta_}; }

  Tensor<T> predict(const Tensor<T>& x) const override { return multiply(gate(x), x); }  // y = s x

  Tensor<T> forward(Tensor<T> x) override {
    saved_.s = gate(x);
    saved_.x = std::move(x);
    return multiply(saved_.s, saved_.x);
  }

  // ## The derivation
  //
  // A `y` depends on one `x`, directly and through the gate, and on one \f$\beta\f$, which all examples
  // share. @ref tutorial_04_nonlinearities has the slope of the sigmoid, here \f$s'\f$. Product rule and
  // chain rule give the rest:
  // \f{align*}{
  //   s'_{nd}   &= s_{nd}\,(1 - s_{nd}) \\[2pt]
  //   d\beta_d  &= \sum_n dy_{nd}\; x_{nd} \cdot x_{nd}\, s'_{nd} \\[2pt]
  //   dx_{nd}   &= dy_{nd}\, \left( s_{nd} + x_{nd} \cdot \beta_d\, s'_{nd} \right)
  // \f}
  // Each becomes a line of code. `dx` is written over `dy`, so it comes last.

  Tensor<T> backward(Tensor<T> dy) override {
    require_upstream(*this, dy.shape(), saved_.x.shape());
    for (std::size_t n = 0, i = 0; n < dy.dim(0); ++n)
      for (std::size_t d = 0; d < features(); ++d, ++i) {
        const T x = saved_.x[i], s = saved_.s[i];
        const T slope = s * (T(1) - s);           // s' = s (1 - s)
        beta_.grad[d] += dy[i] * x * x * slope;   // dbeta = sum over n of dy x x s'
        dy[i] *= s + x * beta_.value[d] * slope;  // dx = dy (s + x beta s')
      }
    return dy;
  }

 protected:  // not private: a wrong version will want to reach it
  std::size_t features() const { return beta_.value.size(); }

  Tensor<T> gate(Tensor<T> x) const {
    require_columns(*this, x.shape(), features());
    for (std::size_t n = 0, i = 0; n < x.dim(0); ++n)
      for (std::size_t d = 0; d < features(); ++d, ++i) x[i] *= beta_.value[d];
    return sigmoid(std::move(x));
  }

  Parameter<T> beta_;
  struct {
    Tensor<T> x, s;  // (N, D)
  } saved_;
};

// Somebody in a hurry writes the same layer and slips twice in backward:

template <class T>
class HastySwish : public Swish<T> {
 public:
  using Swish<T>::Swish;
  Tensor<T> backward(Tensor<T> dy) override {
    for (std::size_t n = 0, i = 0; n < dy.dim(0); ++n)
      for (std::size_t d = 0; d < this->features(); ++d, ++i) {
        const T x = this->saved_.x[i], s = this->saved_.s[i];
        const T slope = s * (T(1) - s);
        this->beta_.grad[d] = dy[i] * x * x * slope;  // = for +=
        dy[i] *= s + x * slope;                       // the inner derivative, beta, is forgotten
      }
    return dy;
  }
};

void layer_of_your_own(cli::Tutorial& tutorial) {
  // ## The function, drawn by the layer
  //
  // Four features with four values of \f$\beta\f$ get the same numbers. A `dy` of ones returns the slope.

  Swish<double> four(Tensor<double>({4}, {0, 1, 3, 10}));
  Tensor<double> across({161, 4});
  for (std::size_t i = 0; i < across.size(); ++i) across[i] = static_cast<double>(i / 4) / 20 - 4;
  const Tensor<double> value = four.forward(across);
  const Tensor<double> slope = four.backward(Tensor<double>(across.shape(), 1.0));
  const auto column = [](const Tensor<double>& from, std::size_t d) {
    std::vector<double> numbers;
    for (std::size_t n = 0; n < from.dim(0); ++n) numbers.push_back(from(n, d));
    return numbers;
  };
  std::vector<Chart> curves(2);
  curves[0] = {.title = "value", .x_label = "x", .y_label = "y"};
  curves[1] = {.title = "slope", .x_label = "x", .y_label = "dy/dx"};
  const std::vector<std::string> names = {"beta = 0", "beta = 1", "beta = 3", "beta = 10"};
  for (std::size_t d = 0; d < 4; ++d) {
    curves[0].series.push_back({names[d], column(across, d), column(value, d)});
    curves[1].series.push_back({names[d], column(across, d), column(slope, d)});
  }
  save_chart(
      tutorial.file("07_swish"), curves,
      "Left: as beta grows from 0 to 10, Swish bends from the straight line x / 2 into ReLU. Right: its "
      "slope at 0 is one half for each beta; for each but 0 it falls a little below 0 and rises a little "
      "above 1.");
  tutorial.expect("steepest_slope", *std::max_element(slope.begin(), slope.end()), 1.09, 1.1);

  // @figure{07_swish.svg} The slope depends on \f$\beta x\f$ alone: a larger \f$\beta\f$ squeezes it
  // sideways, and does not make it larger than 1.1.
  //
  // ## The proof
  //
  // @ref mend::check_layer is told how to make the layer, and draws `x`, `beta` and `dy` at random.

  const auto make = []<class T>(Random&) { return Swish<T>(4); };
  const CheckOptions options{.seed = tutorial.seed};
  const CheckReport proof = check_layer(make, Shape{5, 4}, options);
  std::cout << "Swish(4)\n" << proof;
  double worst = 0;
  for (const TensorCheck& tensor : proof.tensors) worst = std::max(worst, tensor.complex_error);
  tutorial.expect("tensors_checked", static_cast<double>(proof.tensors.size()), 2, 2);
  tutorial.expect("swish_accepted", proof.passed(), 1, 1);
  tutorial.expect("largest_complex_step_error", worst, 0, 1e-12);

  // Count the lines of the report: one for `x` and one for each parameter. What `parameters` does not list is
  // neither checked nor learnt. By hand, to see the shapes:

  Random random(tutorial.seed, "layer of your own");
  const Tensor<double> x = random_normal({5, 4}, random), dy = random_normal({5, 4}, random);
  Swish<double> swish(4);
  tutorial.show_shape("x", "(N, D)", x.shape());
  tutorial.show_shape("beta", "(D)", swish.parameters().at(0)->value.shape());
  tutorial.show_shape("y", "(N, D)", swish.forward(x).shape());
  tutorial.show_shape("dy", "(N, D)", dy.shape());
  tutorial.show_shape("dx", "(N, D)", swish.backward(dy).shape());
  tutorial.show_shape("dbeta", "(D)", swish.parameters().at(0)->grad.shape());

  // ## The laws
  //
  // @ref mend::check_laws tries what a layer promises beside its gradients. We name two shapes that it must
  // refuse, with what the error has to say.

  const LawReport laws =
      check_laws(make, Shape{5, 4}, {.misfits = {{{5, 3}, "(N, 4)"}, {{5, 2, 2}, "(N, 4)"}}});
  std::cout << "Swish(4) " << laws;
  tutorial.expect("laws_broken", static_cast<double>(laws.breaches.size()), 0, 0);

  // ## A planted mistake
  //
  // Now the layer made in a hurry; and again with \f$\beta = 1\f$, as each layer begins.

  const CheckReport hasty =
      check_layer([]<class T>(Random&) { return HastySwish<T>(4); }, Shape{5, 4}, options);
  HastySwish<double> newborn(4);
  HastySwish<std::complex<double>> twin(4);
  const CheckReport at_one = check_layer(newborn, twin, x, options);
  std::cout << "HastySwish(4)\n" << hasty << "HastySwish(4) with beta = 1\n" << at_one;
  tutorial.expect("mistakes_caught", !hasty.tensors[0].passed() + !hasty.tensors[1].passed(), 2, 2);
  tutorial.expect("x_is_different", hasty.tensors[0].diagnosis.cause == Cause::different, 1, 1);
  tutorial.expect("beta_overwrites", hasty.tensors[1].diagnosis.cause == Cause::overwrites, 1, 1);
  tutorial.expect("wrong_x_passes_at_1", at_one.tensors[0].passed(), 1, 1);

  // For `beta` the report names what to change. For `x` it can only describe: all entries are wrong, and not
  // by one factor. That suggests a wrong term: go through the derivation again. With \f$\beta = 1\f$ nobody
  // misses the factor, and the wrong `dx` passes. That is why a check draws random numbers.
  //
  // ## Is it of use?
  //
  // Between two dense layers it shall fit two curves: a smooth wave, and a zigzag that is straight but for
  // two kinks. We compare with ReLU in its place, and with 16 units of ReLU instead of 12, which makes as
  // many numbers to learn: 49.

  const auto spread = [](std::size_t count) {
    Tensor<float> points({count, 1});
    for (std::size_t i = 0; i < count; ++i)
      points[i] = 6 * (static_cast<float>(i) + 0.5F) / static_cast<float>(count) - 3;
    return points;
  };
  const auto wave = [](float at) { return std::sin(1.5F * at); };
  const auto zigzag = [&](float at) { return 2 / std::numbers::pi_v<float> * std::asin(wave(at)); };

  // A unit bends where its input is 0. With biases of 0 all would bend at one point; so we spread them.

  const auto make_network = [](bool with_swish, std::size_t units, Random& init) {
    Sequential<float> net;
    net.add<Dense>(1, units, init, he_normal);
    with_swish ? net.add<Swish>(units) : net.add<Relu>();
    net.add<Dense>(units, 1, init);
    const std::vector<Parameter<float>*> learnt = net.parameters();
    for (std::size_t i = 0; i < units; ++i)
      learnt[1]->value[i] = -learnt[0]->value[i] * static_cast<float>(init.uniform(-3, 3));
    return net;
  };

  // The error is the root of the mean squared error at points that the network has not seen; we take the
  // median of nine trainings from different first weights.

  const Tensor<float> points = spread(64), unseen = spread(256);
  const auto median_error = [&](bool with_swish, std::size_t units, const auto& curve) {
    std::vector<float> errors;
    for (int run = 0; run < 9; ++run) {
      Random init(tutorial.seed, "run " + std::to_string(run));
      Sequential<float> net = make_network(with_swish, units, init);
      Adam<float> adam(net.parameters(), 0.03);
      for (int step = 0; step < 1500; ++step) {
        net.backward_to_parameters(mse(net.forward(points), map(points, curve)).gradient);
        adam.step_and_zero_grad();
      }
      errors.push_back(std::sqrt(mse(net.predict(unseen), map(unseen, curve)).value));
    }
    std::sort(errors.begin(), errors.end());
    std::cout << (with_swish ? "Swish, " : "ReLU, ") << units << " units: median error " << errors[4]
              << ", all from " << errors[0] << " to " << errors[8] << "\n";
    return errors[4];
  };
  tutorial.show_shape("points", "(M, 1)", points.shape());
  tutorial.show_shape("hidden", "(M, U)", make_network(true, 12, random)[0].predict(points).shape());
  std::cout << "the wave\n";
  const float swish_on_wave = median_error(true, 12, wave);
  tutorial.expect("wave_relu_over_swish", median_error(false, 12, wave) / swish_on_wave, 0.9, 2.6);
  tutorial.expect("wave_relu_16_over_swish", median_error(false, 16, wave) / swish_on_wave, 0.75, 2.3);
  std::cout << "the zigzag\n";
  const float swish_on_zigzag = median_error(true, 12, zigzag);
  tutorial.expect("zigzag_relu_over_swish", median_error(false, 12, zigzag) / swish_on_zigzag, 0.08, 0.85);
  tutorial.expect("zigzag_relu_16_over_swish", median_error(false, 16, zigzag) / swish_on_zigzag, 0.08, 0.85);

  // A bend fits best what is of its own kind. On the wave ReLU typically has an error larger by a half, and
  // with 16 units by a quarter. On the zigzag its error is several times smaller: its networks are straight
  // lines with corners, and so is the curve. The bands are somewhat wider than what 200 seeds gave. None of
  // this says how it is on images.
  //
  // ## How it becomes part of the library
  //
  // With these files; CMake finds the new ones by itself:
  //
  // | file                                 | what is in it                                             |
  // |--------------------------------------|-----------------------------------------------------------|
  // | `lib/mend/layers/swish.hpp`, `.cpp`  | the class and its formula; instantiated as in `relu.cpp`  |
  // | `tests/layers/swish_test.cpp`        | first the derivation, then check, laws, numbers by hand   |
  // | `tests/mutants/layers/swish.mutants` | bugs, each with the test that must find it                |
  // | `lib/cli/gradient_checks.cpp`        | an include and a line in the list, for `mend check`       |
  // | `bench/layers/swish_bench.cpp`       | how many numbers it reads, computes and writes            |
  //
  // A test fails when a `.cpp` of the library has no test, another when a layer is not in the list. Begin the
  // mutants with the two mistakes from above.
  //
  // ```
  // ./do test -R 'layers_swish|gradient_checks|layout'
  // ./do mutants swish
  // build/release/lib/cli/mend check swish
  // ./do bench --benchmark_filter=layers/swish
  // ```
  //
  // ## Run
  //
  // ```
  // build/release/tutorials/07_layer_of_your_own
  // ```
  //
  // Each line with EXPECT names a number, its value and its band. `--seed N` tries other random numbers.
  //
  // @output
  //
  // ## If it differs
  //
  // - **The report has one line, for `x`, and `tensors_checked` is 1**: `parameters` does not list `beta`.
  // - **`x` passes, and `beta` is wrong in all entries, not by one factor**: the line for `dx` stands above
  //   that for `dbeta`, and has written over `dy`.
  // - **An error says that x is (0)**: forward moves `x` away before it computes the gate.
  //
  // ## Exercise
  //
  // Try: let each \f$\beta\f$ begin at 0. The network is then a straight line. Say from the formula of
  // \f$d\beta\f$ whether it can leave that; then run it. Next, let Adam change all but \f$\beta\f$. On which
  // curve is it worth learning?
  //
  // ## For the lecturer
  //
  // @lesson{15}
  //
  // Who can derive this backward pass can derive any that works element by element. Let students guess the
  // ratios on both curves before they run the program.
  //
  // - **Why does dbeta sum over n, and not over d?** All examples use the same \f$\beta_d\f$, no other
  //   feature does.
  // - **May `predict` call `std::abs`?** No: it is not analytic. The complex step then measures something
  //   else, and the report says "not analytic".
  // - **Is \f$\beta\f$ worth learning?** Left at 1, the error on the zigzag is two to three times as large,
  //   for only a large \f$\beta\f$ makes a corner. On the wave it hardly matters.
  //
  // ## Next
  //
  // @ref tutorial_10_reading_digits begins with what networks are for here: images.
}

int main(int argc, char** argv) {
  return cli::run_tutorial(argc, argv, "A layer of your own: Swish, proved and used", layer_of_your_own);
}
