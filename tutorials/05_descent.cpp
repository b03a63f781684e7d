// # Descent
//
// You learn how gradients become learning: three rules for a step, gradient descent, momentum and Adam;
// mini-batches, some examples at a time; and the loop that trains every network of these tutorials.
//
// ## What you will see
//
// - a figure: three paths through a long valley;
// - a figure: the loss for three sizes of mini-batches, and eight examples learnt by heart;
// - two trainings that end with the same bytes.
//
// It runs for a second or two, without a data set.
//
// **Needs:** @ref tutorial_03_dense_layer and @ref tutorial_04_nonlinearities.
//
// ## Shapes
//
// | symbol     | meaning                                          | shape  |
// |------------|--------------------------------------------------|--------|
// | `x`        | examples, of which a mini-batch takes some rows  | (N, K) |
// | `t`        | their targets                                    | (N, 1) |
// | `pictures` | one mini-batch, to be learnt by heart            | (B, P) |
// | `w`        | first weights of the network that learns them    | (P, H) |
// | `g`        | their gradient                                   | (P, H) |
//
// `w` is one *parameter* of many: what training changes, weights and biases. It may have any shape; its
// gradient has the same.

#include <algorithm>
#include <cmath>
#include <iostream>
#include <numbers>
#include <numeric>
#include <string>
#include <vector>

#include "cli/tutorial.hpp"
#include "mend/figures/chart.hpp"
#include "mend/layers/dense.hpp"
#include "mend/layers/relu.hpp"
#include "mend/layers/sequential.hpp"
#include "mend/losses/mse.hpp"
#include "mend/optimizers/adam.hpp"
#include "mend/optimizers/momentum.hpp"
#include "mend/optimizers/sgd.hpp"
#include "mend/tensor/ops.hpp"

using namespace mend;

// ## Three rules
//
// The gradient \f$ g \f$ points uphill, so every rule goes against it. The learning rate \f$ \eta \f$ says
// how far:
//
// - *gradient descent* takes the gradient as it is: \f$ w \leftarrow w - \eta g \f$;
// - *momentum* keeps nine tenths of its speed: \f$ v \leftarrow 0.9\,v + g \f$, then
//   \f$ w \leftarrow w - \eta v \f$;
// - *Adam* divides a *running mean* of the gradient, one in which old gradients fade, by the root of a
//   running mean of its square, so that every number moves by about \f$ \eta \f$ whatever the size of its
//   gradient.
//
// ## The derivation: how long may a step be?
//
// Near a minimum every smooth loss is a bowl. Take the simplest one with a long and a short axis,
// \f[
//   L(w) = \tfrac{1}{2} \left( w_1^2 + 100\, w_2^2 \right), \qquad g = (w_1,\ 100\, w_2) .
// \f]
// Along an axis with the *curvature* \f$ \lambda \f$, the second derivative there, gradient descent does
// \f$ w \leftarrow w - \eta \lambda w \f$, hence after k steps
// \f[
//   w = (1 - \eta \lambda)^k\, w_0 .
// \f]
// That shrinks only if \f$ |1 - \eta\lambda| < 1 \f$, that is, \f$ \eta < 2 / \lambda \f$. The *steepest*
// axis sets the limit, here 0.02, and the flattest one then crawls: with 0.018 the steep coordinate jumps to
// the other side at each step and keeps 0.8 of its size, while the flat one keeps 0.982. The ratio of the
// curvatures, here 100, is what makes a problem slow.

constexpr double steep = 100;

struct Path {
  std::vector<double> w1, w2;
  double loss() const { return 0.5 * (w1.back() * w1.back() + steep * w2.back() * w2.back()); }
};

template <class MakeOptimizer>
Path walk(MakeOptimizer make, int steps) {
  Parameter<double> w("w", Tensor<double>({2}, {-10, 1}));
  auto optimizer = make(std::vector<Parameter<double>*>{&w});
  Path path{{w.value[0]}, {w.value[1]}};
  for (int step = 0; step < steps; ++step) {
    w.grad[0] = w.value[0];
    w.grad[1] = steep * w.value[1];
    optimizer.step();
    path.w1.push_back(w.value[0]);
    path.w2.push_back(w.value[1]);
  }
  return path;
}

// ## The loop
//
// This is how a network is trained, here and everywhere. The gradient of the whole data set is a mean over
// all examples. A few of them, a *mini-batch*, give nearly the same direction for a fraction of the work, so
// one takes many cheap steps instead of a few exact ones. An *epoch* is one pass over all examples, each
// once, in a new random order.

std::vector<double> train(Sequential<float>& net, Optimizer<float>& optimizer, const Tensor<float>& x,
                          const Tensor<float>& t, std::size_t batch_size, std::size_t epochs,
                          Random& shuffle) {
  std::vector<std::size_t> order(x.dim(0));
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::vector<double> losses;
  for (std::size_t epoch = 0; epoch < epochs; ++epoch) {
    shuffle.shuffle(order);
    for (std::size_t first = 0; first < order.size(); first += batch_size) {
      const std::size_t last = std::min(first + batch_size, order.size());
      const std::vector<std::size_t> rows(&order[first], &order[0] + last);
      const Tensor<float> y = net.forward(gather_rows(x, rows));  // what does it say?
      const Loss<float> loss = mse(y, gather_rows(t, rows));      // how wrong is that?
      optimizer.zero_grad();
      net.backward_to_parameters(loss.gradient);  // who is to blame?
      optimizer.step();                           // then change that
    }
    losses.push_back(mse(net.predict(x), t).value);
  }
  return losses;
}

// A network to train, the same for everything below. Two *streams* of random numbers, each a sequence that
// the seed and a name decide, are all that is random about a training: one for the first weights and one for
// the order of the examples.

struct Training {
  Sequential<float> net;
  Random shuffle;
  Training(std::uint64_t seed, std::size_t in, std::size_t out) : shuffle(seed, "shuffle") {
    Random init(seed, "init");
    net.add<Dense>(in, 32, init, he_normal).add<Relu>().add<Dense>(32, out, init);
  }
};

void descent(cli::Tutorial& tutorial) {
  // ## Three paths
  //
  // All start at (-10, 1), where the loss is 100 and the valley ten times as steep across as along.

  const auto plain_descent = [](double rate) {
    return [rate](const auto& parameters) { return Sgd<double>(parameters, rate); };
  };
  const auto with_momentum = [](const auto& parameters) { return Momentum<double>(parameters, 0.018); };
  const auto with_adam = [](const auto& parameters) { return Adam<double>(parameters, 0.5); };
  const Path plain = walk(plain_descent(0.018), 100);
  const Path momentum = walk(with_momentum, 100);
  const Path adam = walk(with_adam, 100);
  std::cout << "loss after 100 steps: gradient descent " << plain.loss() << ", momentum " << momentum.loss()
            << ", Adam " << adam.loss() << "\n";

  Series level;
  level.name = "loss as at the start";
  for (int degree = 0; degree <= 360; degree += 5) {
    level.x.push_back(std::sqrt(200.0) * std::cos(degree * std::numbers::pi / 180));
    level.y.push_back(std::sqrt(200 / steep) * std::sin(degree * std::numbers::pi / 180));
  }
  Chart valley;
  valley.title = "100 steps through a valley";
  valley.x_label = "w1, the flat axis";
  valley.y_label = "w2, the steep axis";
  valley.series = {{"gradient descent", plain.w1, plain.w2, {}, {}, Mark::line_points},
                   {"momentum", momentum.w1, momentum.w2, {}, {}, Mark::line_points},
                   {"Adam", adam.w1, adam.w2, {}, {}, Mark::line_points},
                   level};
  save_chart(
      tutorial.file("05_valley"), {valley},
      "Three paths from the same point: gradient descent zigzags and then crawls, momentum swings past the "
      "minimum and returns, Adam first goes along the diagonal.",
      "loss (w1^2 + 100 w2^2) / 2; nothing is random");

  // @figure{05_valley.svg} The minimum is at (0, 0). Momentum adds up the small but steady slope along the
  // valley, while the alternating slopes across cancel. Adam takes both axes for equally steep.
  //
  // Gradient descent must be where the formula says, exactly. With a learning rate of 0.021, five per cent
  // over the limit, the steep coordinate grows by 1.1 a step: in 50 steps by \f$ 1.1^{50} \f$, more than a
  // hundredfold. When a loss explodes, the learning rate is the first suspect.

  tutorial.expect("descent_less_formula",
                  std::abs(plain.w1.back() + 10 * std::pow(1 - 0.018, 100)) +
                      std::abs(plain.w2.back() - std::pow(1 - 0.018 * steep, 100)),
                  0, 1e-12);
  const Path unstable = walk(plain_descent(0.021), 50);
  std::cout << "w2 after 50 steps that are too long: " << unstable.w2.back() << "\n";
  tutorial.expect("explosion_over_formula", unstable.w2.back() / std::pow(1.1, 50), 1 - 1e-9, 1 + 1e-9);
  tutorial.expect("momentum_over_descent", momentum.loss() / plain.loss(), 0, 0.1);
  tutorial.expect("adam_over_descent", adam.loss() / plain.loss(), 0, 0.1);

  // And Adam's first step is the learning rate, along each axis, though one slope is ten times the other.
  // After one step the running means, corrected for having started at 0, are \f$ g \f$ and \f$ g^2 \f$, and
  // \f$ \eta\, g / (\sqrt{g^2} + 10^{-7}) \f$ is \f$ \pm\eta \f$ up to a hundred-millionth.

  tutorial.expect("adam_first_step_along", std::abs(adam.w1[1] - adam.w1[0]), 0.5 - 1e-7, 0.5);
  tutorial.expect("adam_first_step_across", std::abs(adam.w2[1] - adam.w2[0]), 0.5 - 1e-7, 0.5);

  // ## Mini-batches
  //
  // A network of 32 hidden units shall learn \f$ t = \sin x_0 + x_1 x_2 / 2 \f$ from 512 examples of ten
  // numbers, of which seven are a distraction. Same start, same learning rate, same 30 epochs; only the
  // batches differ.

  Random random(tutorial.seed, "data");
  const Tensor<float> x =
      map(Tensor<float>({512, 10}), [&](float) { return static_cast<float>(random.normal()); });
  Tensor<float> t({512, 1});
  for (std::size_t n = 0; n < 512; ++n) t[n] = std::sin(x(n, 0)) + x(n, 1) * x(n, 2) / 2;
  tutorial.show_shape("x", "(N, K)", x.shape());
  tutorial.show_shape("t", "(N, 1)", t.shape());

  std::vector<Chart> charts(2);
  charts[0].title = "Three sizes of mini-batches";
  charts[0].x_label = "epoch";
  std::vector<double> last_loss;
  for (const std::size_t batch_size : {512, 64, 8}) {
    Training training(tutorial.seed, 10, 1);
    Sgd<float> optimizer(training.net.parameters(), 0.02);
    Series series;
    series.name = "batches of " + std::to_string(batch_size);
    series.y = train(training.net, optimizer, x, t, batch_size, 30, training.shuffle);
    for (std::size_t epoch = 1; epoch <= 30; ++epoch) series.x.push_back(static_cast<double>(epoch));
    std::cout << series.name << ": " << optimizer.steps() << " steps, loss " << series.y.back() << "\n";
    last_loss.push_back(series.y.back());
    charts[0].series.push_back(series);
  }
  tutorial.expect("loss_of_512_over_loss_of_8", last_loss[0] / last_loss[2], 2, 30);

  // For the same arithmetic the batches of 8 take 64 times as many steps, and get further. By how much
  // depends on the seed, hence the wide band.
  //
  // ## Eight by heart
  //
  // Before you train anything for an hour, train it on eight examples. A sound network and loop learn them by
  // heart in a second; if not, there is no use in waiting for more. Here eight pictures of 8 by 8 random
  // black and white pixels shall come out as they went in, through 32 hidden units. A loss of 0.25 is what
  // always answering grey would get.

  const Tensor<float> pictures =
      map(Tensor<float>({8, 64}), [&](float) { return random.uniform() < 0.5 ? 0.0f : 1.0f; });
  Training by_heart(tutorial.seed, 64, 64);
  Adam<float> optimizer(by_heart.net.parameters(), 1e-2);
  tutorial.show_shape("pictures", "(B, P)", pictures.shape());
  tutorial.show_shape("w", "(P, H)", by_heart.net.parameters()[0]->value.shape());
  tutorial.show_shape("g", "(P, H)", by_heart.net.parameters()[0]->grad.shape());
  Series memory;
  memory.name = "eight pictures";
  memory.y = train(by_heart.net, optimizer, pictures, pictures, 8, 200, by_heart.shuffle);
  for (std::size_t step = 1; step <= 200; ++step) memory.x.push_back(static_cast<double>(step));
  std::cout << "eight pictures: loss " << memory.y.front() << " after the first step, " << memory.y.back()
            << " after " << optimizer.steps() << "\n";
  tutorial.expect("loss_by_heart", memory.y.back(), 0, 1e-3);

  charts[1].title = "Eight pictures by heart";
  charts[1].x_label = "step";
  charts[1].series = {memory};
  for (Chart& chart : charts) {
    chart.y_label = "mean squared error";
    chart.log_y = true;
  }
  save_chart(
      tutorial.file("05_loss"), charts,
      "Left: in the same number of epochs, batches of 8 reach the lowest loss, then 64, then 512. Right: the "
      "loss on eight pictures falls by many powers of ten.",
      "generated data, seed " + std::to_string(tutorial.seed));

  // @figure{05_loss.svg} Left, the size of a batch decides how many steps an epoch has. Right, learning by
  // heart has no floor.
  //
  // ## The same again
  //
  // A result that cannot be repeated cannot be examined. The same seed must give the same weights, not nearly
  // but in every bit; another seed must not.

  const auto weights_after = [&](std::uint64_t seed) {
    Training training(seed, 10, 1);
    Adam<float> adam_again(training.net.parameters(), 1e-2);
    train(training.net, adam_again, x, t, 64, 3, training.shuffle);
    return training.net.parameters()[0]->value;
  };
  const Tensor<float> weights = weights_after(tutorial.seed);
  tutorial.expect("same_seed_same_weights", weights_after(tutorial.seed) == weights, 1, 1);
  tutorial.expect("other_seed_same_weights", weights_after(tutorial.seed + 1) == weights, 0, 0);

  // ## Run
  //
  // ```
  // build/release/tutorials/05_descent
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
  // - **The loss becomes huge, then NaN (not a number)**: the learning rate is above \f$ 2 / \lambda \f$ of
  //   the steepest direction. Divide it by ten.
  // - **The loss swings up and down and never settles**: the gradients were not set to zero before backward,
  //   and all former ones are still in the sum.
  // - **The same seed gives different weights**: something draws from a stream that is not seeded, or two
  //   purposes share one stream and one of them drew a number more.
  //
  // ## Exercise
  //
  // Try: find for each batch size the learning rate with which 30 epochs get furthest. Do the large batches
  // catch up? Then change `steep` from 100 to 10000 and predict, before you run, the largest learning rate
  // that works and how many steps gradient descent needs for the flat axis. Why does Adam hardly care?
  //
  // ## For the lecturer
  //
  // @lesson{20}
  //
  // Afterwards the class should be able to derive the longest step from a curvature, and to say what of the
  // loop belongs to the loss, the network and the optimizer. Stop at the limit 2 / λ and have the flat axis
  // computed by hand.
  //
  // - **Before running: how many steps do 30 epochs take with batches of 512, 64 and 8 out of 512 examples?**
  //   30, 240 and 1920. The program prints them.
  // - **Before running: where is the flat coordinate after 100 steps of gradient descent with 0.018, and what
  //   is the loss?** At \f$ -10 \cdot 0.982^{100} \f$, about -1.6. The steep coordinate is next to nothing,
  //   so the loss is about \f$ 1.6^2 / 2 \f$, or 1.3.
  // - **A common belief: a smaller learning rate is slower, but better. Which one is best in this valley?**
  //   The one for which both axes shrink alike, \f$ 1 - \eta = 100\,\eta - 1 \f$, so \f$ \eta = 2 / 101 \f$.
  //   Each axis then keeps 99/101, or 0.98, a step. A smaller one slows down the flat axis, and the slower
  //   axis decides.
  // - **A common belief: Adam takes long steps where the slope is steep. What does its first step look
  //   like?** 0.5 along each axis, which is its learning rate, though one slope is ten times the other. That
  //   is why its path begins along the diagonal.
  // - **The loss on the eight pictures is almost 0. What does that show, and what not?** That network,
  //   gradient and loop work together. It says nothing about pictures that were not among the eight: the
  //   pixels are random, so there is nothing to learn but these.
  //
  // ## Next
  //
  // That was the machinery: tensors, slopes, layers, bends, and steps. From here on it works on images of
  // digits.
}

int main(int argc, char** argv) {
  return cli::run_tutorial(argc, argv, "Descent: gradient descent, momentum, Adam and the loop", descent);
}
