// # Tensors and shapes
//
// You learn to read a network as a chain of shapes, and why the product of two matrices is left to a library.
//
// ## What you will see
//
// - three mistakes with shapes, and the one line with which each is refused;
// - a *loss*, the number that says how wrong a network's answers are, that is wrong although every answer is
//   right;
// - a figure: how fast three orders of the same three loops multiply matrices, beside `matmul`.
//
// It runs for a few seconds, without a data set.
//
// **Needs:** the product of two matrices, and some C++.
//
// ## Shapes
//
// A @ref mend::Tensor is a shape and its elements, one after the other. The shape lists the *axes*, how far
// each index runs; the last axis runs fastest. A *network* is a chain of *layers*. The layer here multiplies
// each input by a *weight*, adds the products up, and adds a *bias*, a number that does not depend on the
// input:
//
// | symbol | meaning                           | shape  |
// |--------|-----------------------------------|--------|
// | `x`    | a batch of images, one in a row   | (N, K) |
// | `W`    | weights, one column per output    | (K, D) |
// | `b`    | a bias per output                 | (D)    |
// | `y`    | what the layer says               | (N, D) |
//
// N counts examples, K inputs, D outputs. A *batch* is the examples that go through the network together. An
// image of 28 by 28 pixels is a row of K = 784 numbers.

#include <algorithm>
#include <chrono>
#include <cmath>
#include <iostream>
#include <string>

#include "cli/tutorial.hpp"
#include "mend/check/gradient_check.hpp"
#include "mend/figures/chart.hpp"
#include "mend/losses/mse.hpp"
#include "mend/tensor/ops.hpp"
#include "mend/tensor/parallel.hpp"

using namespace mend;

// ## A product is three loops
//
// Every element of \f$ y = x W \f$ is a sum over the inputs,
// \f[
//   y_{nd} = \sum_{k=0}^{K-1} x_{nk}\, W_{kd} ,
// \f]
// so there are three indices and hence three loops. The sum comes out the same, up to rounding, in whatever
// order the loops are nested. Here are three of the six orders; the name says which loop is outside and which
// inside.

using Matrix = Tensor<float>;

Matrix loops_ndk(const Matrix& x, const Matrix& w) {
  const std::size_t N = x.dim(0), K = x.dim(1), D = w.dim(1);
  Matrix y({N, D});
  for (std::size_t n = 0; n < N; ++n)
    for (std::size_t d = 0; d < D; ++d)
      for (std::size_t k = 0; k < K; ++k) y[n * D + d] += x[n * K + k] * w[k * D + d];
  return y;
}

Matrix loops_nkd(const Matrix& x, const Matrix& w) {
  const std::size_t N = x.dim(0), K = x.dim(1), D = w.dim(1);
  Matrix y({N, D});
  for (std::size_t n = 0; n < N; ++n)
    for (std::size_t k = 0; k < K; ++k)
      for (std::size_t d = 0; d < D; ++d) y[n * D + d] += x[n * K + k] * w[k * D + d];
  return y;
}

Matrix loops_dkn(const Matrix& x, const Matrix& w) {
  const std::size_t N = x.dim(0), K = x.dim(1), D = w.dim(1);
  Matrix y({N, D});
  for (std::size_t d = 0; d < D; ++d)
    for (std::size_t k = 0; k < K; ++k)
      for (std::size_t n = 0; n < N; ++n) y[n * D + d] += x[n * K + k] * w[k * D + d];
  return y;
}

// The innermost line is the same three times over. What differs is how far apart in memory two successive
// turns of the innermost loop reach, the *stride*. The element (n, k) of `x` lies at position
// \f$ nK + k \f$, so a step of `k` goes one number further and a step of `n` goes K numbers further. Likewise
// in `W` and `y`:
//
// | innermost | step in `x` | step in `W` | step in `y` |
// |-----------|-------------|-------------|-------------|
// | `k`       | 1           | D           | 0           |
// | `d`       | 0           | 1           | 1           |
// | `n`       | K           | 0           | D           |
//
// A processor fetches 64 bytes at a time, sixteen floats. With steps of 0 and 1 it uses all of them, and it
// can add several neighbours in one instruction. With a step of D or K, when those are 16 or more, it uses
// one number of the sixteen. So we expect `d` innermost to be fastest and `n` innermost to be slowest, once
// the matrices outgrow the *cache*, the small fast memory inside the processor.
//
// One number for all sizes: each of the N K D turns of the innermost loop is one multiplication and one
// addition, so a product costs 2 N K D operations. Divided by the time that is a rate, counted in GFLOP/s:
// thousands of millions of floating-point operations per second. We take the best of several runs, since a
// busy machine can only make a run slower.

template <class Product>
double rate(Product product, std::size_t size) {
  Random random(size, "speed");
  const Matrix a = cast<float>(random_normal({size, size}, random));
  const Matrix b = cast<float>(random_normal({size, size}, random));
  const double operations = 2 * std::pow(static_cast<double>(size), 3);
  double best = 0, total = 0;
  for (int run = 0; run < 3 || (total < 0.01 && run < 200); ++run) {
    const auto before = std::chrono::steady_clock::now();
    const Matrix c = product(a, b);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - before).count();
    if (std::isnan(c[0])) throw Error("a product came out as NaN");  // so that nobody optimises it away
    best = std::max(best, operations / seconds);
    total += seconds;
  }
  return best / 1e9;
}

void tensors_and_shapes(cli::Tutorial& tutorial) {
  // ## One layer, by shapes alone
  //
  // @ref mend::matmul multiplies, @ref mend::add_rows adds the bias to every row. Cover the left side of each
  // comment below and say the shape before you look.

  Random random(tutorial.seed, "tensors");
  const Matrix x = cast<float>(random_normal({64, 784}, random));  // (N, K)
  const Matrix W = cast<float>(random_normal({784, 2}, random));   // (K, D)
  const Matrix b({2}, {1, -2});                                    // (D)

  const Matrix product = matmul(x, W);     // (N, K) (K, D) -> (N, D)
  const Matrix y = add_rows(product, b);   // (N, D) + (D) in each row -> (N, D)
  const Matrix column_sums = sum_rows(y);  // (N, D) -> (D)
  tutorial.show_shape("x", "(N, K)", x.shape());
  tutorial.show_shape("W", "(K, D)", W.shape());
  tutorial.show_shape("b", "(D)", b.shape());
  tutorial.show_shape("y", "(N, D)", y.shape());
  std::cout << x.shape() << " times " << W.shape() << " gives " << product.shape() << "\n"
            << "plus " << b.shape() << " in each row gives " << y.shape() << "\n"
            << "summed over the rows gives " << column_sums.shape() << "\n";
  tutorial.expect("rows_of_y", static_cast<double>(y.dim(0)), 64, 64);
  tutorial.expect("columns_of_y", static_cast<double>(y.dim(1)), 2, 2);

  // `add_rows` and `sum_rows` are a pair that you will meet again: what is handed out to every row on the way
  // forward is collected from every row on the way back. Here we check it with numbers: a bias that 64 rows
  // got adds up to 64 times itself. These small integers are exact in a float, so the difference must be 0.

  const Matrix handed_out = sum_rows(add_rows(Matrix({64, 2}), b));
  tutorial.expect("collected_less_handed_out",
                  std::abs(handed_out[0] - 64 * b[0]) + std::abs(handed_out[1] - 64 * b[1]), 0, 0);

  // The loops give what `matmul` gives, up to rounding. How much may rounding do? A sum of K products, added
  // in any order, is off by at most about \f$ K \varepsilon \sum_k |x_{nk} W_{kd}| \f$ with
  // \f$ \varepsilon = 2^{-24} \f$ the rounding error of one operation in float (Higham 2002, section 3.1).
  // Two ways of summing differ by at most twice that. The bound is a theorem, so the largest difference
  // divided by it lies in [0, 1] for any numbers whatsoever.

  const auto magnitude = [](float v) { return std::abs(v); };
  const Matrix bound = matmul(map(x, magnitude), map(W, magnitude)) * (2 * 784 * std::exp2(-24.0f));
  double worst = 0;
  for (const Matrix& loops : {loops_ndk(x, W), loops_nkd(x, W), loops_dkn(x, W)})
    for (std::size_t i = 0; i < bound.size(); ++i)
      worst = std::max(worst, static_cast<double>(std::abs(loops[i] - product[i]) / bound[i]));
  tutorial.expect("difference_over_bound", worst, 0, 1);

  // ## Three mistakes, refused
  //
  // Shapes that do not fit throw a @ref mend::ShapeError, in optimised programs too. The text names the
  // function, both shapes and the two numbers that should have been equal.

  int refused = 0;
  const auto attempt = [&](const std::string& what, auto mistake) {
    try {
      mistake();
      std::cout << what << " was accepted\n";
    } catch (const ShapeError& error) {
      std::cout << what << " is refused:\n  " << error.what() << "\n";
      ++refused;
    }
  };
  attempt("the factors in the wrong order", [&] { matmul(W, x); });
  attempt("a bias of the wrong length", [&] { add_rows(product, Matrix({3})); });
  attempt("a matrix plus a vector", [&] { product + b; });
  tutorial.expect("mistakes_refused", refused, 3, 3);

  // ## Why nothing is stretched to fit
  //
  // Many libraries would accept the third one. They *broadcast*: where an axis has length 1 or is missing, it
  // is repeated until the shapes agree. That is handy until the day when a network returns a column (4, 1),
  // the *targets*, what should have come out, are a vector (4), and the difference silently becomes (4, 4):
  // every prediction minus every target.
  //
  // Suppose that the predictions are perfect. The mean over the four right pairs is 0. The mean over all
  // sixteen pairs is
  // \f[
  //   \frac{1}{16}\sum_{i,j} (t_i - t_j)^2 = 2 \operatorname{Var}(t) ,
  // \f]
  // because for two independent draws the variances add. So the loss of the perfect network is twice the
  // variance of the targets, no error is reported, and what such a loss likes best is to answer the mean
  // every time.

  const Tensor<double> target({4, 1}, {1, 2, 3, 4});
  const Tensor<double> perfect = target;
  double all_pairs = 0;
  for (const double prediction : perfect)
    for (const double wanted : target) all_pairs += (prediction - wanted) * (prediction - wanted) / 16;
  std::cout << "loss of a perfect network: " << mse(perfect, target).value
            << ", with (4, 1) - (4) broadcast: " << all_pairs << "\n";
  tutorial.expect("loss_pair_by_pair", mse(perfect, target).value, 0, 0);
  tutorial.expect("loss_broadcast", all_pairs, 2.5, 2.5);

  // The variance of 1, 2, 3, 4 is 1.25. In this library nothing broadcasts unless its name says so, as
  // `add_rows` does: `perfect - target.reshaped({4})` throws.
  //
  // ## How fast is a product?
  //
  // Now the loops race. `matmul` hands the work to a *kernel*, code that is written for one kind of
  // processor: that of OpenBLAS, which implements the Basic Linear Algebra Subprograms (BLAS), or where it is
  // faster one of the library's own. Both cut the matrices into blocks that fit the processor's caches, and
  // keep its *registers* full, the few places where it holds what it computes with;
  // @ref tutorial_06_fast_product builds one. To be fair to the loops, `matmul` gets one *thread*, that is,
  // one processor core, as well; by default a product uses all of them.

  set_threads(1);
  struct Contestant {
    std::string name;
    Matrix (*product)(const Matrix&, const Matrix&);
  };
  const std::vector<Contestant> contestants = {{"loops d, k, n (n innermost)", loops_dkn},
                                               {"loops n, d, k (k innermost)", loops_ndk},
                                               {"loops n, k, d (d innermost)", loops_nkd},
                                               {"matmul", matmul<float>}};
  const std::size_t largest = tutorial.full_or_quick(512, 128);
  Chart chart;
  chart.title = "Products of square matrices, one thread";
  chart.x_label = "rows and columns";
  chart.y_label = "GFLOP/s";
  chart.log_x = chart.log_y = true;
  for (const Contestant& contestant : contestants) {
    Series series{contestant.name, {}, {}, {}, {}, Mark::line_points};
    for (std::size_t size = 16; size <= largest; size *= 2) {
      series.x.push_back(static_cast<double>(size));
      series.y.push_back(rate(contestant.product, size));
    }
    std::cout << contestant.name << ": " << series.y.back() << " GFLOP/s at " << largest
              << " rows and columns\n";
    chart.series.push_back(series);
  }
  save_chart(
      tutorial.file("01_speed"), {chart},
      "Speed against matrix size: once the matrices are large, the loop order that strides through memory "
      "is far slower than the others, and matmul is above all three.",
      "random matrices of floats; measured on the machine that drew this");

  // @figure{01_speed.svg} The same arithmetic at four speeds, on logarithmic axes. Small matrices fit into
  // the fastest cache, and strides cost little; beyond it they cost most of the speed.
  //
  // The rates belong to the machine, so the program prints them and only expects what holds on every machine:
  // that `matmul` is at least twice as fast as the slowest order. How many times is it on yours?

  tutorial.expect("matmul_over_slowest_loops", chart.series[3].y.back() / chart.series[0].y.back(), 2, 1e5);

  // ## Run
  //
  // ```
  // build/release/tutorials/01_tensors_and_shapes
  // ```
  //
  // Each line with EXPECT names a number, its value and the band in which it must lie. One that does not ends
  // in FAILED, and so does the program. Each line with SHAPE fills a line in the last column of the table of
  // shapes. `--seed N` tries other random numbers, `--out DIR` puts the figures elsewhere.
  //
  // @output
  //
  // ## If it differs
  //
  // - **`matmul: x is ... but W is ...`**: the inner extents differ. Write both shapes side by side, (N,
  //   K)(K, D): the two in the middle must be equal, and the two outside are the answer. A transposed weight
  //   is the usual cause.
  // - **`difference_over_bound` above 1**: not rounding but a wrong index. Check that the stride of each
  //   matrix is *its own* number of columns; with square matrices a wrong one goes unnoticed, hence 64, 784
  //   and 2.
  // - **All loops are slow, and nearly alike**: the program was built without optimisation. Use the preset
  //   `release`.
  //
  // ## Exercise
  //
  // Try: write the three orders that are missing (`n` `d` `k` can be ordered in six ways) and add them to the
  // list of contestants. Before you run, predict from the table of steps which pairs will run alike. Then cut
  // `loops_nkd` into blocks of 64 values of `k`, so that a block of `W` stays in the cache. How much of the
  // way to `matmul` is that?
  //
  // ## For the lecturer
  //
  // @lesson{20}
  //
  // Afterwards the class should be able to name the shape of every step of a layer without running it, and to
  // say why the order of loops changes the speed and not the result. Stop before the race, and have everybody
  // rank the three orders.
  //
  // - **Before running: what are the shapes of x W, of W x, and of the sum of the rows of y?** (64, 784)
  //   times (784, 2) gives (64, 2). W x is refused, since the 2 columns of `W` meet the 64 rows of `x`. The
  //   sum of the rows is (2).
  // - **Before running: which of the three orders is slowest for large matrices, although all of them
  //   multiply equally often?** `loops_dkn`. With `n` innermost each turn goes K numbers further in `x` and D
  //   numbers further in `y`, so of sixteen numbers that are fetched one is used.
  // - **Does another order of the loops add the products of one element of y in another order?** No. In all
  //   three functions `k` rises from 0 to K - 1 for each element; what changes is which element is worked on
  //   in between. `matmul` may add in another order, and that is why the comparison needs a bound.
  // - **A common belief: a perfect network has the loss 0. When does it not?** When shapes broadcast, (4, 1)
  //   against (4): then the loss is twice the variance of the targets, here 2.5. Always answering their mean
  //   would get the variance alone, 1.25, and so look better than the perfect answers.
  // - **How many operations does x W take here?** 2 N K D = 2 x 64 x 784 x 2 = 200,704, in whatever order the
  //   loops are nested.
  //
  // ## Next
  //
  // A layer is a function of its weights. Learning asks how that function changes when a weight does, and
  // @ref tutorial_02_numeric_slope measures it.
}

int main(int argc, char** argv) {
  return cli::run_tutorial(argc, argv, "Tensors and shapes: products, their speed, and what is refused",
                           tensors_and_shapes);
}
