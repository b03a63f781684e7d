// # The numeric slope
//
// You learn three ways to measure the slope of a function, how exact each can be, and how to catch a loss
// whose *gradient*, the slopes along all its inputs, is wrong.
//
// ## What you will see
//
// - a figure: the error of each way against its step, the famous V, in float and in double, and one line
//   without a V;
// - four versions of the mean squared error, a loss, of which a checker accepts one.
//
// It runs for less than a second, without a data set.
//
// **Needs:** derivatives and Taylor's theorem; `matmul` from @ref tutorial_01_tensors_and_shapes.
//
// ## Shapes
//
// | symbol | meaning                        | shape  |
// |--------|--------------------------------|--------|
// | `x`    | examples                       | (N, D) |
// | `w`    | weights, a column              | (D, 1) |
// | `t`    | targets: what should come out  | (N, 1) |
// | `s`    | what comes out                 | (N, 1) |

#include <algorithm>
#include <cmath>
#include <complex>
#include <iostream>
#include <limits>
#include <string>

#include "cli/tutorial.hpp"
#include "mend/check/gradient_check.hpp"
#include "mend/figures/chart.hpp"
#include "mend/losses/mse.hpp"
#include "mend/tensor/functions.hpp"
#include "mend/tensor/ops.hpp"

using namespace mend;
using Complex = std::complex<double>;

// ## A function to measure
//
// One *neuron*, a layer with a single output: it weighs its inputs, squashes the sum into (0, 1) with the
// sigmoid \f$ \sigma(z) = 1 / (1 + e^{-z}) \f$, and a loss says how far it is from the targets,
// \f[
//   s = \sigma(x w), \qquad L(w) = \frac{1}{N} \sum_n (s_n - t_n)^2 .
// \f]
// The function is a template: the same line computes in float, in double and in complex numbers.

template <class T>
struct Neuron {
  Tensor<T> x, t;
  T loss(const Tensor<T>& w) const { return mse(sigmoid(matmul(x, w)), t).value; }
};

// Its gradient by hand, by the chain rule from the outside in: the loss gives \f$ 2 (s_n - t_n) / N \f$, the
// sigmoid multiplies by its slope \f$ s_n (1 - s_n) \f$ (derived in @ref tutorial_04_nonlinearities), and the
// product passes it on to the weights as \f$ x^\top \f$. That last step is @ref tutorial_03_dense_layer. For
// now this formula is merely a claim.

Tensor<double> gradient_by_hand(const Neuron<double>& neuron, const Tensor<double>& w) {
  const Tensor<double> s = sigmoid(matmul(neuron.x, w));
  Tensor<double> dz = mse(s, neuron.t).gradient;
  for (std::size_t n = 0; n < s.size(); ++n) dz[n] *= s[n] * (1 - s[n]);
  return matmul_tn(neuron.x, dz);  // (N, D)^T (N, 1) -> (D, 1)
}

// ## Two differences
//
// The definition of the derivative is a limit, and the obvious thing is to stop short of it. That is the
// *forward difference*,
// \f[
//   \frac{f(w + h) - f(w)}{h} = f'(w) + \frac{h}{2} f''(w) + \dots
// \f]
// Taylor's theorem, on the right, says what it costs: an error that shrinks like \f$ h \f$. The *central
// difference* looks to both sides, and the even powers cancel:
// \f[
//   \frac{f(w + h) - f(w - h)}{2h} = f'(w) + \frac{h^2}{6} f'''(w) + \dots
// \f]
// An error that shrinks like \f$ h^2 \f$, for one more evaluation. So take \f$ h \f$ tiny? No: the two values
// agree in most of their digits, and the subtraction throws those away. Each value is rounded by about
// \f$ \varepsilon |f| \f$, where \f$ \varepsilon \f$ is 1.2e-7 in float and 2.2e-16 in double; divided by
// \f$ h \f$ this error *grows* as \f$ h \f$ shrinks. The best step balances the two. For the central
// difference we minimise
// \f[
//   E(h) = \frac{\varepsilon |f|}{h} + \frac{h^2}{6} |f'''|
//   \quad\Rightarrow\quad
//   h = \left( 3 \varepsilon \left| \frac{f}{f'''} \right| \right)^{1/3} \approx \sqrt[3]{\varepsilon},
//   \qquad E \approx \varepsilon^{2/3} .
// \f]
// In double that is a step of 6e-6 and an error between 1e-11 and 1e-10. In float, 5e-3 and 2e-5: so few
// digits that a wrong gradient can hide in the noise. Gradients are therefore checked in double, even of
// networks trained in float.
//
// Both differences want one weight moved at a time. In the code below, `above - below` is the step that was
// really taken: \f$ w + h \f$ is rounded too, and dividing by the intended step would be one more error.

template <class T>
Tensor<double> forward_difference(const Neuron<T>& neuron, Tensor<T> w, double h) {
  Tensor<double> slope(w.shape());
  const double middle = static_cast<double>(neuron.loss(w));
  for (std::size_t i = 0; i < w.size(); ++i) {
    const T before = w[i], above = before + static_cast<T>(h);
    w[i] = above;
    slope[i] = (static_cast<double>(neuron.loss(w)) - middle) / static_cast<double>(above - before);
    w[i] = before;
  }
  return slope;
}

template <class T>
Tensor<double> central_difference(const Neuron<T>& neuron, Tensor<T> w, double h) {
  Tensor<double> slope(w.shape());
  for (std::size_t i = 0; i < w.size(); ++i) {
    const T before = w[i], above = before + static_cast<T>(h), below = before - static_cast<T>(h);
    w[i] = above;
    const double up = static_cast<double>(neuron.loss(w));
    w[i] = below;
    const double down = static_cast<double>(neuron.loss(w));
    w[i] = before;
    slope[i] = (up - down) / static_cast<double>(above - below);
  }
  return slope;
}

// ## The complex step
//
// The enemy is the subtraction, and there is a way without one. Step not along the real axis but across it,
// to \f$ w + ih \f$ (Squire and Trapp 1998). For a function that is *analytic*, near each point the sum of
// its Taylor series, Taylor's theorem holds there as well:
// \f[
//   f(w + ih) = f(w) + i h f'(w) - \frac{h^2}{2} f''(w) - \dots
//   \quad\Rightarrow\quad
//   \frac{\operatorname{Im} f(w + ih)}{h} = f'(w) - \frac{h^2}{6} f'''(w) + \dots
// \f]
// The slope arrives alone in the imaginary part; nothing is subtracted from it. So the step may be as small
// as one likes, 1e-30 say, and the *truncation error*, all that the series has after the slope, vanishes
// altogether. All it takes is that the program computes in complex numbers, which is why the layers of this
// library are templates.

Tensor<double> complex_step(const Neuron<Complex>& neuron, Tensor<Complex> w, double h) {
  Tensor<double> slope(w.shape());
  for (std::size_t i = 0; i < w.size(); ++i) {
    const Complex before = w[i];
    w[i] = Complex(before.real(), h);
    slope[i] = neuron.loss(w).imag() / h;
    w[i] = before;
  }
  return slope;
}

// ## How wrong?
//
// One number for a whole gradient: the length of the difference, relative to the lengths of both,
// \f$ \lVert a - n \rVert / (\lVert a \rVert + \lVert n \rVert) \f$. It is 0 for equal gradients and 1 for
// opposite ones. Taken element by element instead, tiny elements would drown in their own rounding.

double relative_error(const Tensor<double>& a, const Tensor<double>& n) {
  const auto length = [](const Tensor<double>& v) { return std::sqrt(dot(v, v)); };
  return length(a - n) / (length(a) + length(n));
}

void numeric_slope(cli::Tutorial& tutorial) {
  // ## The V
  //
  // Every way at every step, from 1 down to 1e-16, four steps per factor of ten. An error of exactly 0 has no
  // place on a logarithmic axis; we draw it at 1e-17.

  Random random(tutorial.seed, "slope");
  Neuron<double> neuron{random_normal({20, 8}, random), Tensor<double>({20, 1})};
  for (double& target : neuron.t) target = random.uniform();
  const Tensor<double> w = random_normal({8, 1}, random) * 0.5;
  const Neuron<float> in_float{cast<float>(neuron.x), cast<float>(neuron.t)};
  const Neuron<Complex> in_complex{cast<Complex>(neuron.x), cast<Complex>(neuron.t)};
  const Tensor<double> by_hand = gradient_by_hand(neuron, w);
  tutorial.show_shape("x", "(N, D)", neuron.x.shape());
  tutorial.show_shape("w", "(D, 1)", w.shape());
  tutorial.show_shape("t", "(N, 1)", neuron.t.shape());
  tutorial.show_shape("s", "(N, 1)", sigmoid(matmul(neuron.x, w)).shape());

  const auto sweep = [&](const std::string& name, auto slope) {
    Series series;
    series.name = name;
    for (int quarter = 0; quarter <= 64; ++quarter) {
      const double h = std::pow(10.0, -quarter / 4.0);
      const double error = relative_error(slope(h), by_hand);
      if (!std::isfinite(error)) break;  // the step was rounded away: 0 / 0
      series.x.push_back(h);
      series.y.push_back(std::max(error, 1e-17));
    }
    return series;
  };
  const Tensor<float> w_float = cast<float>(w);
  const Tensor<Complex> w_complex = cast<Complex>(w);
  const Series forward = sweep("forward, double", [&](double h) { return forward_difference(neuron, w, h); });
  const Series central = sweep("central, double", [&](double h) { return central_difference(neuron, w, h); });
  const Series forward_float =
      sweep("forward, float", [&](double h) { return forward_difference(in_float, w_float, h); });
  const Series central_float =
      sweep("central, float", [&](double h) { return central_difference(in_float, w_float, h); });
  const Series complex =
      sweep("complex step", [&](double h) { return complex_step(in_complex, w_complex, h); });

  Chart chart;
  chart.title = "Error of a numeric gradient";
  chart.x_label = "step h";
  chart.y_label = "relative error";
  chart.log_x = chart.log_y = true;
  chart.series = {forward_float, central_float, forward, central, complex};
  save_chart(
      tutorial.file("02_v_curve"), {chart},
      "Error against step: forward and central differences fall, then rise again as the step shrinks, in "
      "float long before double; the complex step falls to rounding error and stays there.",
      "one neuron with 8 weights, 20 random examples, seed " + std::to_string(tutorial.seed));

  // @figure{02_v_curve.svg} Read it from right to left. The right arm of each V is truncation and falls with
  // Taylor's power; the left arm is rounding and rises. The complex step shares its right arm with the
  // central difference, and has no left one. In float the lines end where the step itself is rounded away.
  //
  // Three things to verify by number. First, Taylor's powers: from h = 1e-2 to h = 1e-3 the forward error
  // must fall by ten, the central error by a hundred. The bands allow for the next term of the series.

  const auto error_at = [](const Series& series, int power) {
    return series.y[static_cast<std::size_t>(-4 * power)];
  };
  tutorial.expect("order_of_forward", std::log10(error_at(forward, -2) / error_at(forward, -3)), 0.9, 1.1);
  tutorial.expect("order_of_central", std::log10(error_at(central, -2) / error_at(central, -3)), 1.9, 2.1);

  // Second, the bottom of the V. Theory says a step near 6e-6 and an error near 1e-11; by chance a single
  // point may land lower or beside it, so the bands are a factor of ten or more wide.

  const auto report = [](const Series& series) {
    const auto lowest = std::min_element(series.y.begin(), series.y.end());
    const double step = series.x[static_cast<std::size_t>(lowest - series.y.begin())];
    std::cout << series.name << ": best error " << *lowest << " at h = " << step << "\n";
    return std::pair(*lowest, step);
  };
  report(forward_float);
  const auto [float_error, float_step] = report(central_float);
  report(forward);
  const auto [double_error, double_step] = report(central);
  tutorial.expect("best_central_error", double_error, 0, 1e-9);
  tutorial.expect("best_central_step", double_step, 6e-7, 6e-5);
  tutorial.expect("best_central_error_in_float", float_error, 1e-7, 1e-4);
  tutorial.expect("best_central_step_in_float", float_step, 5e-4, 5e-2);

  // Third, the complex step at 1e-30, far left of the figure: nothing but the rounding of the gradient
  // itself.

  const double complex_error = relative_error(complex_step(in_complex, w_complex, 1e-30), by_hand);
  std::cout << "complex step: error " << complex_error << " at h = 1e-30\n";
  tutorial.expect("complex_step_error", complex_error, 0, 1e-15);

  // The formula that was merely a claim now agrees with an independent measurement in all its digits.
  //
  // ## Catching a wrong loss
  //
  // @ref mend::check_loss does the same for any loss: it compares the gradient that the loss returns with the
  // complex step, to 1e-12, and with the central difference, to 1e-6. Four versions of the mean squared error
  // stand trial. Each returns the same, right value; three lie about the gradient.

  const auto honest = [](const auto& y, const auto& t) { return mse(y, t); };
  const auto forgets_the_two = [](const auto& y, const auto& t) {
    auto loss = mse(y, t);
    loss.gradient *= 0.5;  // as if the value had a factor 1/2
    return loss;
  };
  const auto sums_instead_of_mean = []<class T>(const Tensor<T>& y, const Tensor<T>& t) {
    auto loss = mse(y, t);
    loss.gradient *= static_cast<T>(static_cast<double>(y.size()));
    return loss;
  };
  const auto points_uphill_at_the_end = [](const auto& y, const auto& t) {
    auto loss = mse(y, t);
    loss.gradient[y.size() - 1] = -loss.gradient[y.size() - 1];  // one sign of many
    return loss;
  };

  const Tensor<double> y = random_normal({5, 3}, random), t = random_normal({5, 3}, random);
  int accepted = 0, rejected = 0;
  const auto judge = [&](const std::string& name, auto loss) {
    const CheckReport verdict = check_loss(loss, y, t);
    std::cout << name << "\n  " << verdict;
    ++(verdict.passed() ? accepted : rejected);
  };
  judge("the loss of the library", honest);
  tutorial.expect("honest_accepted", accepted, 1, 1);
  judge("forgets the two", forgets_the_two);
  judge("sums instead of mean", sums_instead_of_mean);
  judge("points uphill at the end", points_uphill_at_the_end);
  tutorial.expect("liars_rejected", rejected, 3, 3);

  // *Training*, which changes the weights step by step against the gradient, would not have caught the first
  // two: a gradient that is half as long or fifteen times too long still shows the way downhill, and a lucky
  // *learning rate*, the factor of each step, hides it. Note that the error is a third for the first:
  // relative to the *sum* of both lengths, half as long means (1 - 1/2) / (1 + 1/2).
  //
  // ## Run
  //
  // ```
  // build/release/tutorials/02_numeric_slope
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
  // - **All lines level off at one height, that of the complex step too**: the gradient by hand is wrong, or
  //   belongs to another loss. The height names the culprit: a factor 2, either way, gives 1/3; a forgotten
  //   division by N = 20 gives 19/21.
  // - **In double the central difference is no better than in float**: something in between computes in
  //   float, a variable or a cast.
  // - **The complex step gives 0**: some function on the way dropped the imaginary part, such as `abs`,
  //   `norm` or `real`. It must be analytic all the way.
  //
  // ## Exercise
  //
  // Try: a loss of your own that lies more subtly, for instance a gradient that is wrong by one part in a
  // thousand, or only where `y` is negative. How small a lie passes the central difference at 1e-6? And the
  // complex step at 1e-12? Then change `random.uniform()` to `100` for all targets: why does the bottom of
  // the V move up?
  //
  // ## For the lecturer
  //
  // @lesson{20}
  //
  // Afterwards the class should be able to say why a step can be too small, and to turn a relative error into
  // the mistake behind it. Stop at the formula for E(h), and have the V drawn on paper before the figure is
  // shown.
  //
  // - **Before running: h goes from 1e-2 to 1e-3. What happens to the errors of the forward and of the
  //   central difference?** They fall by a factor of about 10 and of about 100, as Taylor's powers say. The
  //   two lines `order_of_` in the output measure the powers.
  // - **A common belief: the smaller the step, the better. Why not?** Both values are rounded by about
  //   \f$ \varepsilon |f| \f$, and dividing by a small h makes this error large. In the end w + h is rounded
  //   to w itself, both differences are 0, and 0 / 0 is not a number: there the lines for float end.
  // - **Where is the bottom of the V for the forward difference in double?** The same balance with the error
  //   \f$ \tfrac{h}{2} |f''| \f$ gives a step of about \f$ \sqrt{\varepsilon} \f$, 1.5e-8, and an error of
  //   the same size. The program prints the best point that it found.
  // - **1.0 + 1e-30 is 1.0 in double. Why may the complex step be 1e-30?** Nothing is added. The real and the
  //   imaginary part are two numbers, and each keeps all its digits.
  // - **A common belief: the network learns, so its gradient is right. What does this page say against it?**
  //   A gradient that is half as long or fifteen times too long still shows the way downhill. Only the check
  //   tells: its relative error is 1/3 for half, and (15 - 1) / (15 + 1) = 0.875 for fifteen times as long.
  //
  // ## Next
  //
  // With an instrument that tells right from wrong in the last digit, we can derive how a whole layer hands
  // slopes back to its inputs and weights: @ref tutorial_03_dense_layer.
}

int main(int argc, char** argv) {
  return cli::run_tutorial(argc, argv, "The numeric slope: differences, the complex step and lying losses",
                           numeric_slope);
}
