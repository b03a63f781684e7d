// # The dense layer
//
// You derive the *backward pass* of \f$ y = x W + b \f$, which turns the slopes of the loss along y into
// those along x, W and b, from shapes and one sum; prove it to the last digit; and see what the proof says to
// wrong ones. The layer is called *dense* because every input has a weight for every output.
//
// ## What you will see
//
// - the gradients of a layer agreeing with two independent measurements;
// - three wrong layers caught and diagnosed, each a mistake that students make every year;
// - a figure: all the slopes of a layer from 4 examples of 5 numbers to 4 of 3, as a picture.
//
// It runs for less than a second, without a data set.
//
// **Needs:** the chain rule, and from @ref tutorial_02_numeric_slope the complex step and the relative error.
//
// ## Shapes
//
// | symbol | meaning                                               | shape  |
// |--------|-------------------------------------------------------|--------|
// | `x`    | a batch, an example a row                             | (N, K) |
// | `W`    | weights, a column per output                          | (K, D) |
// | `b`    | a bias per output                                     | (D)    |
// | `y`    | what the layer says                                   | (N, D) |
// | `dy`   | \f$ \partial L / \partial y \f$, from the layer above | (N, D) |
// | `dx`   | \f$ \partial L / \partial x \f$, for the layer below  | (N, K) |
// | `dW`   | \f$ \partial L / \partial W \f$                       | (K, D) |
// | `db`   | \f$ \partial L / \partial b \f$                       | (D)    |
//
// A gradient always has the shape of what it is the gradient of: each number gets one slope. No two of N, K
// and D are equal here, on purpose. A forgotten transpose then cannot fit.

#include <algorithm>
#include <cmath>
#include <complex>
#include <iostream>
#include <string>

#include "cli/tutorial.hpp"
#include "mend/check/gradient_check.hpp"
#include "mend/check/layer_laws.hpp"
#include "mend/figures/image_grid.hpp"
#include "mend/layers/dense.hpp"
#include "mend/losses/mse.hpp"
#include "mend/tensor/ops.hpp"

using namespace mend;

// ## The derivation
//
// The loss \f$ L \f$ is a single number somewhere above. The layer does not know it. All it is given is
// \f$ dy_{nd} = \partial L / \partial y_{nd} \f$, the *upstream* gradient: how the loss changes with each
// number that the layer said. The chain rule sums over every way in which a number reaches the loss, and here
// each way leads through some \f$ y_{nd} \f$. With
// \f[
//   y_{nd} = \sum_k x_{nk} W_{kd} + b_d
// \f]
// the slopes of one output are \f$ \partial y_{nd} / \partial W_{kd} = x_{nk} \f$,
// \f$ \partial y_{nd} / \partial b_d = 1 \f$ and \f$ \partial y_{nd} / \partial x_{nk} = W_{kd} \f$; all
// others are 0. Hence
// \f{align*}{
//   dW_{kd} &= \sum_n x_{nk}\, dy_{nd} & dW &= x^\top dy \\[2pt]
//   db_d    &= \sum_n dy_{nd}          & db &= \text{sum of the rows of } dy \\[2pt]
//   dx_{nk} &= \sum_d dy_{nd}\, W_{kd} & dx &= dy\, W^\top
// \f}
// You never have to remember where the transposes go. Of `x` (N, K), `W` (K, D) and `dy` (N, D) there is a
// single product that gives (K, D), namely \f$ x^\top dy \f$, and a single one that gives (N, K). Look at
// which index disappears, too: a weight is shared by all examples, so `dW` and `db` sum over n; an input is
// shared by all outputs, so `dx` sums over d.
//
// In code that is a line each.

struct Gradients {
  Tensor<double> dW, db, dx;
};

Gradients dense_backward(const Tensor<double>& x, const Tensor<double>& W, const Tensor<double>& dy) {
  return {matmul_tn(x, dy),   // dW = x^T dy
          sum_rows(dy),       // db = sum of dy over the batch
          matmul_nt(dy, W)};  // dx = dy W^T
}

// The layer @ref mend::Dense does the same, except that it *adds* to the gradients, because a weight that is
// used twice collects slopes from both uses. Somebody has to set them to zero before the next batch; that is
// @ref mend::zero_grad.
//
// ## Three suspects
//
// To see a proof fail, we need layers that are wrong. Each of these computes the right `y` and differs from
// `Dense` in one line of backward.

enum class Mistake { divides_by_n, bias_from_first_row, ignores_upstream };

template <class T>
class WrongDense : public Dense<T> {
 public:
  WrongDense(Mistake mistake, std::size_t in, std::size_t out, Random& random)
      : Dense<T>(in, out, random), mistake_(mistake) {}

  Tensor<T> backward(Tensor<T> dy) override {
    if (mistake_ == Mistake::divides_by_n) dy *= static_cast<T>(1 / static_cast<double>(dy.dim(0)));
    if (mistake_ == Mistake::ignores_upstream) dy.fill(T(1));
    const Tensor<T> first_row = slice_rows(dy, 0, 1).reshaped({dy.dim(1)}), bias_before = bias_grad();
    Tensor<T> dx = Dense<T>::backward(std::move(dy));
    if (mistake_ == Mistake::bias_from_first_row) bias_grad() = bias_before + first_row;
    return dx;
  }

 private:
  Tensor<T>& bias_grad() { return this->parameters()[1]->grad; }

  Mistake mistake_;
};

template <class T>
class ForgetfulDense : public Dense<T> {
 public:
  using Dense<T>::Dense;

  Tensor<T> forward(Tensor<T> x) override {
    if (first_.rank() != 2) first_ = x;
    Dense<T>::forward(first_);  // what backward will use
    return this->predict(x);    // y is right all the same
  }

 private:
  Tensor<T> first_;
};

void dense_layer(cli::Tutorial& tutorial) {
  // ## The proof
  //
  // @ref mend::check_layer makes a layer with random weights and biases, feeds it random inputs and a random
  // `dy`, and compares every element of `dx`, `dW` and `db` with the complex step and with the central
  // difference of \f$ \sum_{nd} dy_{nd}\, y_{nd} \f$, whose slope with respect to `y` is exactly `dy`.

  CheckOptions options;
  options.seed = tutorial.seed;
  const CheckReport proof =
      check_layer([]<class T>(Random& init) { return Dense<T>(5, 3, init); }, Shape{4, 5}, options);
  std::cout << "Dense(5, 3)\n" << proof;
  double worst = 0;
  for (const TensorCheck& tensor : proof.tensors) worst = std::max(worst, tensor.complex_error);
  tutorial.expect("tensors_checked", static_cast<double>(proof.tensors.size()), 3, 3);
  tutorial.expect("dense_accepted", proof.passed(), 1, 1);
  tutorial.expect("largest_complex_step_error", worst, 0, 1e-14);

  // The band is some fifty times the rounding error of double: these sums have at most five terms. The three
  // lines from above agree with the layer just as well.

  Random random(tutorial.seed, "dense layer");
  const Tensor<double> x = random_normal({4, 5}, random), dy = random_normal({4, 3}, random);
  Dense<double> dense(random_normal({5, 3}, random), random_normal({3}, random));
  const Gradients ours = dense_backward(x, dense.weight(), dy);
  const Tensor<double> y = dense.forward(x), dx = dense.backward(dy);
  const auto distance = [](const Tensor<double>& a, const Tensor<double>& b) {
    return std::sqrt(dot(a - b, a - b));
  };
  tutorial.expect("three_lines_less_layer",
                  distance(ours.dx, dx) + distance(ours.dW, dense.parameters()[0]->grad) +
                      distance(ours.db, dense.parameters()[1]->grad),
                  0, 1e-13);
  tutorial.show_shape("x", "(N, K)", x.shape());
  tutorial.show_shape("W", "(K, D)", dense.weight().shape());
  tutorial.show_shape("b", "(D)", dense.bias().shape());
  tutorial.show_shape("y", "(N, D)", y.shape());
  tutorial.show_shape("dy", "(N, D)", dy.shape());
  tutorial.show_shape("dx", "(N, K)", ours.dx.shape());
  tutorial.show_shape("dW", "(K, D)", ours.dW.shape());
  tutorial.show_shape("db", "(D)", ours.db.shape());

  // Now the suspects. The report does not only say that they are wrong. It compares the two gradients, and
  // names the mistake that explains the difference. Often one number is enough: half as long a gradient has
  // the relative error 1/3, a quarter as long \f$ (1 - 1/4) / (1 + 1/4) = 0.6 \f$, and that is what dividing
  // by N = 4 gives, for every tensor alike.

  int caught = 0, explained = 0;
  const auto suspect = [&](const std::string& name, Mistake mistake, Cause expected) {
    const CheckReport verdict =
        check_layer([mistake]<class T>(Random& init) { return WrongDense<T>(mistake, 5, 3, init); },
                    Shape{4, 5}, options);
    std::cout << name << "\n" << verdict;
    caught += !verdict.passed();
    for (const TensorCheck& tensor : verdict.tensors) explained += tensor.diagnosis.cause == expected;
    return verdict;
  };
  const CheckReport divided = suspect("divides by N", Mistake::divides_by_n, Cause::over_n);
  suspect("takes the bias from the first row", Mistake::bias_from_first_row, Cause::one_example);
  suspect("ignores dy", Mistake::ignores_upstream, Cause::upstream_ignored);
  tutorial.expect("wrong_layers_caught", caught, 3, 3);
  tutorial.expect("tensors_explained", explained, 7, 7);
  tutorial.expect("dividing_by_4_less_0.6", std::abs(divided.tensors[1].complex_error - 0.6), 0, 1e-12);

  // Why a *random* `dy`? Because the last suspect, which puts ones in its place, is right whenever `dy`
  // happens to be ones, and ones are what you get from the tempting objective "sum of all outputs". Let us
  // fall for it once:

  WrongDense<double> deaf(Mistake::ignores_upstream, 5, 3, random);
  for (std::size_t i = 0; i < 2; ++i) deaf.parameters()[i]->value = dense.parameters()[i]->value;
  const Tensor<double> ones({4, 3}, 1.0);
  zero_grad(dense.parameters());
  dense.forward(x);
  deaf.forward(x);
  const bool same_dx = dense.backward(ones) == deaf.backward(ones);
  const bool same_dW = dense.parameters()[0]->grad == deaf.parameters()[0]->grad;
  std::cout << "with dy = ones, the layer that ignores dy " << (same_dx && same_dW ? "passes" : "fails")
            << "\n";
  tutorial.expect("fooled_by_ones", same_dx && same_dW, 1, 1);

  // ## Who divides by N?
  //
  // The loss does, and nobody else. A mean over the batch has 1/N in front, so the `dy` that it hands down is
  // already divided, and every layer below merely sums. The test: a batch in which each example occurs twice
  // has the same mean loss, and must give the same `dW`.

  const Tensor<double> target = random_normal({4, 3}, random);
  const auto dW = [&](const std::vector<std::size_t>& rows) {
    zero_grad(dense.parameters());
    dense.backward(mse(dense.forward(gather_rows(x, rows)), gather_rows(target, rows)).gradient);
    return dense.parameters()[0]->grad;
  };
  const Tensor<double> once = dW({0, 1, 2, 3}), twice = dW({0, 1, 2, 3, 0, 1, 2, 3});
  tutorial.expect("dW_of_batch_said_twice", distance(twice, once), 0, 1e-13);

  // ## Backward adds
  //
  // After the same batch again, without `zero_grad` in between, the gradient has doubled. That is meant: a
  // weight that is used twice collects slopes from both uses. A layer that sets its gradient where it should
  // add, `=` for `+=`, is right in every test that calls backward once.

  dW({0, 1, 2, 3});
  dense.backward(mse(dense.forward(x), target).gradient);
  tutorial.expect("dW_without_zero_grad", distance(dense.parameters()[0]->grad, once + once), 0, 1e-13);

  // ## The laws of a layer
  //
  // A right gradient is not all. A layer must also predict what it computes in forward, leave its arguments
  // alone, treat each row of a batch by itself, remember nothing of the batch before, and refuse what does
  // not fit. @ref mend::check_laws tries all of this. Our last suspect forgets the batch: it keeps the first
  // `x` that it ever saw, a mistake that shows only when a second batch comes.

  const LawReport laws = check_laws([]<class T>(Random& init) { return Dense<T>(5, 3, init); }, Shape{4, 5});
  const LawReport forgetful =
      check_laws([]<class T>(Random& init) { return ForgetfulDense<T>(5, 3, init); }, Shape{4, 5});
  std::cout << "Dense breaks " << laws.breaches.size() << " laws. A layer that keeps its first batch:\n"
            << forgetful;
  tutorial.expect("laws_broken_by_dense", static_cast<double>(laws.breaches.size()), 0, 0);
  tutorial.expect("forgetful_dense_caught", !forgetful.passed(), 1, 1);

  // ## All slopes at once
  //
  // A layer from 4 x 5 numbers to 4 x 3 has 12 x 20 slopes \f$ \partial y_{nd} / \partial x_{mk} \f$: its
  // *Jacobian*. Backward never builds it, it only multiplies by it; but with a `dy` that is 1 in one place
  // and 0 elsewhere it returns one row. Beside it the same by complex steps, a column at a time, and the
  // difference of the two.

  Tensor<double> by_backward({12, 20}), by_complex_step({12, 20});
  for (std::size_t row = 0; row < 12; ++row) {
    Tensor<double> one_hot({4, 3});
    one_hot[row] = 1;
    dense.forward(x);
    const Tensor<double> slopes = dense.backward(one_hot);
    std::copy(slopes.begin(), slopes.end(), by_backward.begin() + static_cast<std::ptrdiff_t>(20 * row));
  }
  using Complex = std::complex<double>;
  const Dense<Complex> twin(cast<Complex>(dense.weight()), cast<Complex>(dense.bias()));
  for (std::size_t column = 0; column < 20; ++column) {
    Tensor<Complex> moved = cast<Complex>(x);
    moved[column] += Complex(0, 1e-30);
    const Tensor<Complex> answer = twin.predict(moved);
    for (std::size_t row = 0; row < 12; ++row) by_complex_step(row, column) = answer[row].imag() / 1e-30;
  }

  double largest = 0, difference = 0;
  int non_zero = 0;
  for (std::size_t i = 0; i < by_backward.size(); ++i) {
    largest = std::max(largest, std::abs(by_backward[i]));
    difference = std::max(difference, std::abs(by_backward[i] - by_complex_step[i]));
    non_zero += by_backward[i] != 0;
  }
  std::cout << non_zero << " of " << by_backward.size() << " slopes are not zero; largest difference "
            << difference << "\n";
  tutorial.expect("slopes_not_zero", non_zero, 60, 60);
  tutorial.expect("jacobian_difference", difference, 0, 1e-14);

  // The picture: each slope a square of 8 by 8 pixels, in shades of its size relative to the largest.

  constexpr std::size_t height = 12 * 8, width = 20 * 8;
  Tensor<float> pictures({3, height * width});
  for (std::size_t i = 0; i < height; ++i)
    for (std::size_t j = 0; j < width; ++j) {
      const double ours_there = by_backward(i / 8, j / 8), measured = by_complex_step(i / 8, j / 8);
      const double shades[] = {ours_there, measured, ours_there - measured};
      for (std::size_t k = 0; k < 3; ++k)
        pictures(k, i * width + j) = static_cast<float>(shades[k] / largest);
    }
  save_image_grid(
      tutorial.file("03_jacobian"), {{"slopes", pictures, true}}, {"backward", "complex step", "difference"},
      "Two equal pictures, each with four equal blocks along the diagonal and empty elsewhere, and their "
      "difference, which is empty.",
      "12 outputs down, 20 inputs across, seed " + std::to_string(tutorial.seed), height, width);

  // @figure{03_jacobian.svg} Four blocks, one for each example, and each of them is \f$ W^\top \f$. Off the
  // diagonal there is nothing, since no example looks at another: 4 x 3 x 5 = 60 of the 240 slopes.
  //
  // ## Run
  //
  // ```
  // build/release/tutorials/03_dense_layer
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
  // - **All errors equal, 0.6 for a batch of 4**: you divide by N in the layer, and the loss has done so
  //   already.
  // - **`x` and `weight` are right, `bias` is wrong**: the sum over the batch is missing, and the gradient is
  //   that of a single row. A check with a batch of one cannot see it.
  // - **The first call is right, the same again gives double**: the gradients were not set to zero in
  //   between. Correct for the layer, wrong in your loop.
  //
  // ## Exercise
  //
  // Try: derive the backward pass of \f$ y = x W^\top + b \f$ with `W` (D, K), as some libraries store it,
  // from shapes alone. Write it as a class beside `WrongDense` that derives from @ref mend::Layer, and have
  // `check_layer` judge it. Then plant a mistake that none of the three suspects makes, and see which line of
  // the report gives it away.
  //
  // ## For the lecturer
  //
  // @lesson{20}
  //
  // Afterwards the class should be able to write the backward pass of a layer from shapes, and to say what a
  // check must vary to find a mistake. Stop after the derivation and have `dx` found from the shapes alone.
  //
  // - **Before running: which relative error does a layer get that divides by N, for a batch of 8?**
  //   \f$ (1 - 1/8) / (1 + 1/8) = 7/9 \f$, for `dx`, `dW` and `db` alike. For the batch of 4 on this page it
  //   is 0.6.
  // - **A common belief: the loss is a mean over the batch, so the layer has to divide by N. What speaks
  //   against it?** The loss has divided already, and `dy` carries the 1/N. A layer that divided once more
  //   would give half the `dW` for the batch in which each example occurs twice.
  // - **Why is no extent equal to another on this page?** With N = K = D a product with a forgotten transpose
  //   has the right shape, and the shapes say nothing. Here such a product does not fit, or its result does
  //   not.
  // - **Which of the suspects would pass if `dy` were all ones?** The one that ignores `dy`, since it puts
  //   ones there itself. The random `dy` of the check is why it is caught.
  // - **Before running: how many of the 240 slopes are not zero? And if the layer first took the mean of the
  //   batch from each example?** 60: each of the 12 outputs depends on the 5 inputs of its own example. With
  //   the mean each example looks at all others, and the blocks off the diagonal fill.
  //
  // ## Next
  //
  // Dense layers one after another are still one dense layer, since a product of matrices is a matrix. What
  // makes a network more is the bend in between: @ref tutorial_04_nonlinearities.
}

int main(int argc, char** argv) {
  return cli::run_tutorial(argc, argv, "The dense layer: backward from shapes, proved", dense_layer);
}
