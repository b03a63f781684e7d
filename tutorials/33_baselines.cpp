// # Baselines, and the honest score
//
// You restore images in nine ways that need no network, let the assignment's network compete, and learn to
// say who is better without deceiving yourself.
//
// ## What you will see
//
// - two figures: six images filled in nine ways; how sure the best fill is of each pixel;
// - a table and a figure: the errors of all ten under eight kinds of masks;
// - where the network errs, and an interval for how much it loses.
//
// It runs for about half a minute.
//
// **Needs:** masks and errors from @ref tutorial_30_masks, the network from @ref tutorial_31_restorer,
// components from @ref tutorial_21_why_it_is_pca.
//
// ## Shapes
//
// | symbol | meaning | shape |
// |--------|---------|-------|
// | `x` | training images | (N, 784) |
// | `x_test` | test images | (N', 784) |
// | `mu` | mean of the training images | (784) |
// | `P` | inverse of their covariance C | (784, 784) |
// | `sigma` | how wrong the Gaussian fill expects to be | (N', 784) |

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <iostream>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "cli/tutorial.hpp"
#include "mend/baselines/biharmonic_fill.hpp"
#include "mend/baselines/class_mean_oracle.hpp"
#include "mend/baselines/gaussian_fill.hpp"
#include "mend/baselines/harmonic_fill.hpp"
#include "mend/baselines/leave_black.hpp"
#include "mend/baselines/mean_fill.hpp"
#include "mend/baselines/nearest_neighbours_fill.hpp"
#include "mend/baselines/pca_fill.hpp"
#include "mend/baselines/ridge_fill.hpp"
#include "mend/data/dataset.hpp"
#include "mend/figures/chart.hpp"
#include "mend/figures/image_grid.hpp"
#include "mend/losses/mse.hpp"
#include "mend/masks/frozen_masks.hpp"
#include "mend/masks/restorer.hpp"
#include "mend/metrics/bootstrap.hpp"
#include "mend/metrics/restoration_error.hpp"
#include "mend/models/assignment.hpp"
#include "mend/optimizers/adam.hpp"
#include "mend/tensor/ops.hpp"
#include "mend/training/fit.hpp"

using namespace mend;

using Contestant = std::pair<std::string, Restorer>;  // its name in tables and figures, and what it does

struct Row {
  std::string name;  // of the masks to test with
  MaskFamily family;
  std::size_t size;
};

template <class... Values>
void print(const char* format, Values... values) {  // as std::printf would
  char line[200];
  std::snprintf(line, sizeof line, format, values...);
  std::cout << line;
}

void baselines(cli::Tutorial& tutorial) {
  // ## The rules
  //
  // A *baseline* is an answer that costs no training. A network has to beat it, else its training was for
  // nothing. Ours obey two rules. They are told the mask, so what stands in the hole must not matter. And
  // they return the known pixels as they came. In formulas h are an image's missing pixels, k the known ones.
  // Each is a @ref mend::Restorer.

  using enum MaskFamily;
  const Dataset dataset = load_dataset(tutorial.data);
  Images train = keep_classes(dataset.train, {5, 7}), test = keep_classes(dataset.test, {5, 7});
  Tensor<float> x = to_rows(train), x_test = to_rows(test);
  if (tutorial.quick) {
    x = slice_rows(x, 0, std::min<std::size_t>(2000, x.dim(0)));
    x_test = slice_rows(x_test, 0, std::min<std::size_t>(256, x_test.dim(0)));
    train.labels.resize(x.dim(0));
  }
  tutorial.show_shape("x", "(N, 784)", x.shape());
  tutorial.show_shape("x_test", "(N', 784)", x_test.shape());
  const std::string caption = dataset.name + ", seed " + std::to_string(tutorial.seed);

  // ## Answers that do not look
  //
  // **Leave black**: \f$ y_h = 0 \f$. Most pixels of a digit are black.
  //
  // **Mean fill**: \f$ y_h = \mu_h \f$, the mean of the training images: the least squared error of
  // all answers that ignore the image. Whoever loses to it learnt nothing from the known pixels.
  //
  // **Class mean**: that of the true class. No restorer may know the class, so this is an *oracle*, out of
  // competition. It tells what recognising the digit is worth.

  const MeanFill mean_fill(x);
  const ClassMeanOracle oracle(x, train.labels);
  const Restorer class_mean = [&](const Tensor<float>& damaged, const Mask& mask) {
    const auto first = test.labels.begin();  // the classes of the first test images
    return oracle(damaged, mask, {first, first + static_cast<std::ptrdiff_t>(damaged.dim(0))});
  };

  // ## Answers that continue the image
  //
  // **Harmonic fill**: each missing pixel p is the mean of its neighbours above, below, left and right,
  // \f[
  //   y_p = \tfrac14 \sum_{q \sim p} y_q
  // \f]
  // (at the frame, of those that exist): as many linear equations as missing pixels. The solution is a rubber
  // membrane over the hole, fixed at its edge. It minimises \f$ \sum (y_p - y_q)^2 \f$ over
  // all pairs of neighbours: set the derivative for one pixel to zero, and the equation comes out.
  //
  // **Biharmonic fill**: with \f$ (L y)_p = \sum_{q \sim p} (y_p - y_q) \f$, the membrane has
  // \f$ (L y)_p = 0 \f$ in the hole. This fill minimises \f$ \sum_p (L y)_p^2 \f$ over all pixels: a thin
  // metal plate, which continues the *slope* at the edge too. Neither knows digits.
  //
  // ## Answers that remember
  //
  // **Nearest neighbours**: find the 5 training images t that agree best with the known pixels, by
  // \f$ \sum_{p \in k} (x_p - t_p)^2 \f$, and show their mean in the hole.

  const NearestNeighboursFill nearest(x, 5);

  // ## Answers that are linear
  //
  // **PCA fill**: images lie near the plane of the first K principal components V (K, D). Find the point of
  // it that agrees best with the known pixels,
  // \f[
  //   \min_z \sum_{p \in k} \Bigl(x_p - \mu_p - \sum_j z_j V_{jp}\Bigr)^2,
  // \f]
  // and read the hole off there. @ref mend::PcaFill takes 24 components and 10 steps of gradient descent;
  // stopping early keeps small those of which the known pixels say little.
  //
  // **Ridge fill**: one linear layer, \f$ y = [\, x_k \mid \text{hole} \mid 1 \,]\, W \f$, sees the image
  // with a black hole beside its mask. The best W needs no descent: it solves a linear system (*ridge*
  // regression: least squares with a small penalty on large weights). A network that loses to it, trained on
  // the same masks, has made nothing of its ReLUs.

  const PcaFill pca_fill(x);
  Random ridge_masks(tutorial.seed, "ridge masks");
  const RidgeFill ridge_fill(
      x, [&](std::size_t images) { return draw_assignment_masks(images, ridge_masks); },
      tutorial.full_or_quick<std::size_t>(2, 1));

  // ## The Gaussian fill, for two pixels
  //
  // Say the first pixel is known, the second missing. Training images tell their means \f$ \mu_1, \mu_2 \f$,
  // variances a and b, and their *covariance* c, the mean of \f$ u v \f$, where u and v are the pixels less
  // their means. Which multiple of u is nearest to v? With E for the mean,
  // \f[
  //   E\,(v - wu)^2 = b - 2wc + w^2a \quad\text{is least at}\quad w = \frac{c}{a},
  //   \quad\text{and there it is}\quad b - \frac{c^2}{a}.
  // \f]
  // So the best linear answer is \f$ \mu_2 + \frac{c}{a} u \f$, with a known error, whatever the
  // distribution. If the pixels are *normal*, with a density (probability per area) proportional to
  // \f$ \exp\bigl(-\tfrac12 (P_{11}u^2 + 2P_{12}uv + P_{22}v^2)\bigr) \f$ where P is the inverse of
  // \f$ C = \begin{pmatrix} a & c \\ c & b \end{pmatrix} \f$, we get more: hold u, complete the square in v,
  // \f[
  //   P_{22}v^2 + 2P_{12}uv = P_{22}\Bigl(v + \frac{P_{12}}{P_{22}}u\Bigr)^2 + \text{terms without } v,
  // \f]
  // and v is normal with mean \f$ -\frac{P_{12}}{P_{22}} u \f$ and variance \f$ 1 / P_{22} \f$. Since
  // \f$ P_{12} = -c/(ab - c^2) \f$ and \f$ P_{22} = a/(ab - c^2) \f$, these are \f$ \frac{c}{a}u \f$ and
  // \f$ b - \frac{c^2}{a} \f$ again. Try it on two pixels, one above the other. The *ridge*,
  // 0.01, is added to each variance, so that one can divide by that of a pixel that never changes.

  const double ridge = 0.01;
  Tensor<float> two({x.dim(0), 2});  // the pixels of row 13 and row 14 in column 14
  for (std::size_t n = 0; n < x.dim(0); ++n)
    for (std::size_t j = 0; j < 2; ++j) two(n, j) = x(n, (13 + j) * 28 + 14);
  const Tensor<double> moments =
      matmul_tn(cast<double>(two), cast<double>(two)) * (1 / static_cast<double>(x.dim(0)));
  const Tensor<double> mu = mean_rows(cast<double>(two));
  const double a = moments(0, 0) - mu[0] * mu[0] + ridge, b = moments(1, 1) - mu[1] * mu[1] + ridge,
               c = moments(0, 1) - mu[0] * mu[1];
  const Tensor<float> hole({2, 2}, {0, 1, 0, 1});  // two images of two pixels, whose second one is missing
  const Mask second(hole, 1, 2);
  const GaussianFill two_pixels(two, ridge);
  const Tensor<float> black_and_white({2, 2}, {0, 0, 1, 0});
  const Tensor<float> answers = two_pixels(black_and_white, second), spread = two_pixels.sigma(second);
  const auto by_hand = [&](double first) { return mu[1] + c / a * (first - mu[0]); };
  const double sigma_by_hand = std::sqrt(b - c * c / a);
  for (const std::size_t known : {0u, 1u})
    print("the pixel above is %zu: by hand %g +- %g, GaussianFill %g +- %g\n", known,
          by_hand(static_cast<double>(known)), sigma_by_hand, answers(known, 1), spread(known, 1));
  tutorial.expect("mean_by_hand_less_fill", by_hand(1) - answers(1, 1), -1e-6, 1e-6);
  tutorial.expect("sigma_by_hand_less_fill", sigma_by_hand - spread(1, 1), -1e-6, 1e-6);

  // ## The Gaussian fill, for all pixels
  //
  // With blocks of the matrices for the numbers, the same:
  // \f[
  //   y_h = \mu_h + C_{hk} C_{kk}^{-1} (x_k - \mu_k) = \mu_h - P_{hh}^{-1} P_{hk} (x_k - \mu_k),
  //   \qquad \mathrm{Cov}\,[x_h \mid x_k] = P_{hh}^{-1}.
  // \f]
  // The second form is cheaper: C is inverted once, and each mask needs a system of its hole's size only.
  // With it comes the *standard deviation* of each missing pixel,
  // \f$ \sigma_p = \sqrt{(P_{hh}^{-1})_{pp}} \f$. The ridge fill has one matrix for all masks; this is the
  // best linear answer for each mask.

  const GaussianFill gaussian_fill(x, ridge);
  tutorial.show_shape("mu", "(784)", gaussian_fill.mean().shape());
  tutorial.show_shape("P", "(784, 784)", gaussian_fill.precision().shape());
  std::vector<Contestant> all = {{"leave black", leave_black},
                                 {"mean fill", mean_fill},
                                 {"class mean (oracle)", class_mean},
                                 {"harmonic fill", harmonic_fill},
                                 {"biharmonic fill", biharmonic_fill},
                                 {"5 nearest neighbours", nearest},
                                 {"PCA fill", pca_fill},
                                 {"ridge fill", ridge_fill},
                                 {"Gaussian fill", gaussian_fill}};

  // ## Look first
  //
  // @ref mend::frozen_masks draws the same masks whatever the seed, so that tables can be compared.

  const std::vector<Row> shown = {{"v9", vertical_stripe, 9}, {"h9", horizontal_stripe, 9},
                                  {"p7", patch, 7},           {"p15", patch, 15},
                                  {"brush 3", brush, 3},      {"scattered 50", scattered, 50}};
  const Tensor<float> six = slice_rows(x_test, 0, shown.size());
  Tensor<float> holes(six.shape());
  std::vector<std::string> labels;
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const Mask masks = frozen_masks(shown[i].family, shown[i].size, 0, shown.size());
    for (std::size_t d = 0; d < x.dim(1); ++d) holes(i, d) = masks.hole()(i, d);
    labels.push_back(shown[i].name);
  }
  const Mask six_masks(holes, 28, 28);
  const Tensor<float> black = damage(six, six_masks), white = damage(six, six_masks, 1);
  std::vector<GridRow> grid = {{"original", six}, {"damaged", damage(six, six_masks, 0.5f)}};
  double differ = 0;
  for (const auto& [name, restore] : all) {
    grid.push_back({name, restore(black, six_masks)});
    differ += mse(restore(white, six_masks), grid.back().images).value;
    differ += restoration_error(grid.back().images, six, six_masks, Penalty::squared).raw.known;
  }
  tutorial.expect("what_stood_in_the_hole_or_is_known_changed", differ, 0, 0);
  save_image_grid(tutorial.file("33_fills"), grid, labels,
                  "Six damaged images filled in nine ways. Mean images are grey clouds that do not fit the "
                  "strokes beside them; harmonic and biharmonic fills smear the edge of the hole inwards; "
                  "nearest neighbours and the Gaussian fill continue the strokes.",
                  caption);

  // @figure{33_fills.svg} Above, the mask: v and h are stripes of a width, p patches of a side. Where a known
  // pixel is always near, as under scattered pixels, a fill that knows no digits is good; in the large patch
  // one must know them. The EXPECT line says that the rules are kept: white in the hole instead of black
  // changes no answer, and no known pixel changed.
  //
  // ## How sure is it?
  //
  // Only the Gaussian fill says how wrong it expects to be.

  const Tensor<float> filled = gaussian_fill(black, six_masks);
  save_image_grid(tutorial.file("33_sigma"),
                  {{"original", six},
                   {"damaged", grid[1].images},
                   {"Gaussian fill", filled},
                   {"sigma, doubled", gaussian_fill.sigma(six_masks) * 2.0f},
                   {"error", filled - six, true}},
                  labels,
                  "The Gaussian fill of six images, its sigma and its error. Sigma is large in the middle of "
                  "wide holes and small at their edges and near the frame; the errors lie where sigma is "
                  "large.",
                  caption);

  // @figure{33_sigma.svg} Sigma depends on the mask alone, and is large where a stroke may run or may not. In
  // a hole it is at least 0.1, the root of the ridge.
  //
  // Is it honest? If pixels were normal, 68 % of the missing ones would lie within one \f$ \sigma \f$ of the
  // fill, 90 % within 1.645, and 0.3 % beyond three. Count them, and compare errors with \f$ \sigma \f$ by
  // their roots of the mean square (RMS):

  const Mask stripes = frozen_masks(vertical_stripe, 9, 0, x_test.dim(0));
  const Tensor<float> sigma = gaussian_fill.sigma(stripes), fill = gaussian_fill(x_test, stripes);
  tutorial.show_shape("sigma", "(N', 784)", sigma.shape());
  struct Honesty {
    double pixels = 0, within_1 = 0, within_1_645 = 0, beyond_3 = 0, squares = 0, variance = 0;
  };
  const auto honesty = [&](const std::string& which, float from, float to) {
    Honesty h;
    for (std::size_t i = 0; i < sigma.size(); ++i) {
      if (stripes.hole()[i] == 0 || sigma[i] < from || sigma[i] >= to) continue;
      const double error = std::abs(static_cast<double>(fill[i]) - x_test[i]), s = sigma[i];
      h.pixels += 1;
      h.within_1 += error <= s;
      h.within_1_645 += error <= 1.645 * s;
      h.beyond_3 += error > 3 * s;
      h.squares += error * error;
      h.variance += s * s;
    }
    const double percent = 100 / h.pixels;
    print("%-19s%10.1f %%%10.1f %%%10.1f %%%12.3f%12.3f\n", which.c_str(), percent * h.within_1,
          percent * h.within_1_645, percent * h.beyond_3, std::sqrt(h.squares / h.pixels),
          std::sqrt(h.variance / h.pixels));
    return h;
  };
  std::cout << "                    1 sigma  1.645 sigma   beyond 3  RMS error  RMS sigma\n";
  const Honesty every = honesty("all missing pixels", 0, 1), sure = honesty("sigma below 0.2", 0, 0.2f),
                unsure = honesty("sigma from 0.2 on", 0.2f, 1);
  tutorial.expect("share_within_1.645_sigma", every.within_1_645 / every.pixels, 0.92, 0.98);
  tutorial.expect("share_within_1_sigma", every.within_1 / every.pixels, 0.8, 0.95);
  tutorial.expect("error_over_sigma_where_sure", std::sqrt(sure.squares / sure.variance), 0.4, 0.85);
  tutorial.expect("error_over_sigma_where_unsure", std::sqrt(unsure.squares / unsure.variance), 0.85, 1.05);

  // More than 68 and 90 %, for two reasons. Where \f$ \sigma \f$ is small, it is too large: near the frame a
  // pixel is always black, but the ridge says 0.1. Where it is large, its *size* is about right, says the
  // last EXPECT line, but pixels are not normal: most are black or white, so too many errors are tiny, and
  // too many huge. Read \f$ \sigma \f$ as the size of the error to expect, not as an interval with a known
  // share of the pixels.
  //
  // ## The contest
  //
  // The network is trained as in @ref tutorial_31_restorer, from the same seed. All are judged by their
  // *composite*, the known pixels put back.

  Random init(tutorial.seed, "init"), shuffle(tutorial.seed, "shuffle"), mask_stream(tutorial.seed, "masks");
  Sequential<float> net = masked_restorer(init);
  Adam<float> adam(net.parameters(), 1e-3);
  FitOptions options;
  options.epochs = tutorial.full_or_quick<std::size_t>(50, 12);
  options.make_batch =
      masked_batches([&](std::size_t images) { return draw_assignment_masks(images, mask_stream); });
  fit(net, adam, x, shuffle, options);
  all.push_back({"network", [&](const Tensor<float>& damaged, const Mask&) { return net.predict(damaged); }});

  std::vector<Row> rows = {{"p5", patch, 5},
                           {"p11", patch, 11},
                           {"p15", patch, 15},
                           {"v5", vertical_stripe, 5},
                           {"v9", vertical_stripe, 9},
                           {"v15", vertical_stripe, 15},
                           {"h9", horizontal_stripe, 9},
                           {"text 6", text, 6}};
  if (tutorial.quick) rows = {rows[0], rows[2], rows[4], rows[7]};

  std::map<std::string, std::map<std::string, RestorationError>> score;  // by contestant, then by row
  const auto thousandths = [&](const std::string& one, const std::string& row) {
    return 1000 * score[one][row].composite.whole;
  };
  std::vector<std::string> row_names;
  std::cout << dataset.name << ", " << x_test.dim(0) << " test images: MSE of the composite, times 1000\n";
  print("%-22s", "");
  for (const Row& row : rows) print("%8s", row_names.emplace_back(row.name).c_str());
  for (const auto& [name, restore] : all) {
    print("\n%-22s", name.c_str());
    for (const Row& row : rows) {
      const Mask mask = frozen_masks(row.family, row.size, 0, x_test.dim(0));
      const Tensor<float> restored = restore(damage(x_test, mask), mask);
      score[name][row.name] = restoration_error(restored, x_test, mask, Penalty::squared);
      print("%8.2f", thousandths(name, row.name));
    }
  }
  std::cout << "\n";

  const auto ratio = [&](const std::string& one, const std::string& other, const std::string& row) {
    return thousandths(one, row) / thousandths(other, row);
  };
  tutorial.expect("mean_over_black_v9", ratio("mean fill", "leave black", "v9"), 0.3, 0.8);
  tutorial.expect("oracle_over_mean_v9", ratio("class mean (oracle)", "mean fill", "v9"), 0.6, 0.99);
  if (dataset.name != "Fashion-MNIST")  // whose surfaces are smooth
    tutorial.expect("harmonic_over_mean_v9", ratio("harmonic fill", "mean fill", "v9"), 1.05, 2);
  tutorial.expect("harmonic_over_mean_text", ratio("harmonic fill", "mean fill", "text 6"), 0.1, 0.5);
  tutorial.expect("neighbours_over_ridge_v9", ratio("5 nearest neighbours", "ridge fill", "v9"), 0.4, 0.95);
  tutorial.expect("gaussian_over_mean_v9", ratio("Gaussian fill", "mean fill", "v9"), 0.2, 0.7);
  tutorial.expect("network_over_gaussian_p5", ratio("network", "Gaussian fill", "p5"), 1.2, 8);
  tutorial.expect("network_over_gaussian_v9", ratio("network", "Gaussian fill", "v9"), 1, 2.5);

  Chart chart{.title = "Composite MSE divided by that of the Gaussian fill",
              .y_label = "times the Gaussian fill",
              .levels = {{"Gaussian fill", 1}},
              .log_y = true,
              .categories = row_names};
  for (const std::string name :
       {"5 nearest neighbours", "ridge fill", "harmonic fill", "mean fill", "network", "leave black"}) {
    Series series{.name = name, .mark = Mark::points};
    for (const std::string& row : row_names) {
      series.x.push_back(static_cast<double>(series.x.size()));
      series.y.push_back(ratio(name, "Gaussian fill", row));
    }
    chart.series.push_back(series);
  }
  save_chart(
      tutorial.file("33_contest"), {chart},
      "Composite error of six restorers, as a multiple of that of the Gaussian fill, under several kinds of "
      "masks. Nearly all multiples lie above 1: hardly anybody beats the Gaussian fill; the network comes "
      "near to it under wide stripes and stays far from it under small patches and text.",
      caption + ", " + std::to_string(x_test.dim(0)) + " test images");

  // @figure{33_contest.svg} Below the line is better than the Gaussian fill. On MNIST the network, with its
  // 400,784 parameters, is below it under the widest stripes only, by one percent. (Letters it never met;
  // there even the harmonic fill beats it.)
  //
  // The oracle improves on the mean fill by a tenth: *which* digit it is matters little, *how* it was written
  // matters. The harmonic fill loses to the mean under wide stripes and beats it four times over under thin
  // letters. Five neighbours, learnt by heart, beat the best linear layer. The Gaussian fill is another
  // linear layer for each mask: hence its strength.
  //
  // ## Four errors
  //
  // The assignment reports the error of the *raw* output over the whole image. Beside it stand its parts
  // (@ref tutorial_30_masks) and the composite.

  std::cout << "                  raw: whole    hole    ring   known   composite: whole\n";
  for (const std::string row : {"p5", "v9"})
    for (const std::string name : {"leave black", "Gaussian fill", "network"}) {
      const RestorationError& error = score[name][row];
      print("%-4s%-18s%8.5f%8.5f%8.5f%8.5f%19.5f\n", row.c_str(), name.c_str(), error.raw.whole,
            error.raw.hole, error.raw.ring, error.raw.known, error.composite.whole);
    }
  const RestorationError &small = score["network"]["p5"], &wide = score["network"]["v9"];
  const RestorationError& small_black = score["leave black"]["p5"];
  tutorial.expect("raw_network_over_black_whole_p5", small.raw.whole / small_black.raw.whole, 1, 12);
  tutorial.expect("raw_network_over_black_hole_p5", small.raw.hole / small_black.raw.hole, 0.1, 0.5);
  tutorial.expect("composite_over_raw_p5", small.composite.whole / small.raw.whole, 0.02, 0.25);
  tutorial.expect("composite_over_raw_v9", wide.composite.whole / wide.raw.whole, 0.3, 0.9);
  tutorial.expect("whole_v9_over_p5_of_raw", wide.raw.whole / small.raw.whole, 1, 3);
  tutorial.expect("whole_v9_over_p5_of_composite", wide.composite.whole / small.composite.whole, 7, 14);

  // The first column misleads twice. Under the patch the network seems worse than a black hole. In the hole
  // it is about four times better; what it loses, it loses on pixels that it was *given*. And a wide stripe
  // seems to do hardly more than twice the harm of a tiny patch. Keeping the known pixels, one call of
  // `composite`, repairs most of the error under the patch and about a quarter under the stripe. Then the
  // stripe does eleven times the harm, ten of which are its larger area: a missing pixel is restored about as
  // well under both. In the hole the Gaussian fill is better still.
  //
  // ## How sure can one be?
  //
  // Under stripes of width 9 the two are close. And on other images? The *bootstrap* of Efron (1979) asks
  // those that we have: draw as many again, with replacement, so that some come twice and some not at all,
  // and take the difference of the mean errors. Of 10,000 such *resamples*, the middle 95 % of the
  // differences are the *interval*.

  const auto errors = [&](const Tensor<float>& restored) {
    const auto each = restoration_errors(restored, x_test, stripes, Penalty::squared);
    Tensor<double> whole({1, each.size()});
    for (std::size_t i = 0; i < each.size(); ++i) whole[i] = each[i].composite.whole;
    return whole;
  };
  const Tensor<double> network = errors(net.predict(damage(x_test, stripes))), gaussian = errors(fill);
  const std::size_t resamples = tutorial.full_or_quick<std::size_t>(10000, 2000);
  const Bootstrap bootstrap(x_test.dim(0), resamples, 1), another(x_test.dim(0), resamples, 2);
  const Interval paired = bootstrap.paired_difference(network, gaussian)[0];
  const Tensor<double> differences = bootstrap.means(network) - another.means(gaussian);
  const Interval unpaired = interval(paired.estimate, {differences.begin(), differences.end()});
  for (const auto& [name, i] : {std::pair("paired", paired), std::pair("unpaired", unpaired)})
    print("%s: network - Gaussian = %g in [%g, %g], times 1/1000\n", name, 1000 * i.estimate, 1000 * i.low,
          1000 * i.high);
  tutorial.expect("unpaired_over_paired_width", (unpaired.high - unpaired.low) / (paired.high - paired.low),
                  1.5, 4.5);
  tutorial.expect("paired_lower_end", paired.low, 0, 0.01);
  if (dataset.name == "MNIST" && !tutorial.quick) {
    tutorial.expect("gaussian_v9_times_1000", thousandths("Gaussian fill", "v9"), 12.9, 13.1);
    tutorial.expect("gaussian_p5_times_1000", thousandths("Gaussian fill", "p5"), 0.70, 0.73);
    tutorial.expect("network_v9_times_1000", thousandths("network", "v9"), 13.0, 13.8);
    tutorial.expect("network_over_gaussian_v15", ratio("network", "Gaussian fill", "v15"), 0.96, 1.02);
    tutorial.expect("mnist_share_within_1.645_sigma", every.within_1_645 / every.pixels, 0.945, 0.955);
    tutorial.expect("unpaired_lower_end_times_1000", 1000 * unpaired.low, -0.5, 0.3);
  }

  // *Unpaired*: each restorer gets resamples of its own, as if tested on different images. On MNIST that
  // interval begins near zero: one can hardly tell. *Paired*: both get the same resamples. When an image that
  // is hard for everyone comes three times, both errors rise, and their difference hardly notices. The
  // interval is a half to a third as wide and lies above zero: the Gaussian fill is better than *this*
  // network on such images. Nothing was measured anew; we only used what we knew. Not in the interval is
  // another *training*: hence several in the next tutorial.
  //
  // ## Run
  //
  // ```
  // build/release/tutorials/33_baselines --data mnist
  // ```
  //
  // `--quick` learns from 2,000 images for 12 epochs, and judges 256 test images under four kinds of masks.
  //
  // @output
  //
  // ## If it differs
  //
  // - **`what_stood_in_the_hole_or_is_known_changed` is not 0**: a fill reads what stands in the hole; its
  //   sums must run over known pixels only.
  // - **The Gaussian fill is worse than the mean fill**: h and k are mixed up, or the covariance is that of
  //   damaged images.
  // - **The paired interval is as wide as the unpaired one**: each restorer got resamples of its own, or the
  //   two lists have their images in different orders.
  //
  // ## Exercise
  //
  // Try: `ridge = 0.001` and `ridge = 0.1`. What happens to the errors and to the shares within sigma?
  // Which of the two reasons above goes away with a small ridge, and what does it cost?
  //
  // ## For the lecturer
  //
  // @lesson{30}
  //
  // The class should be able to name the baseline that a result has to beat, to derive the Gaussian fill for
  // two pixels, and to say why a comparison on common images is sharper. Stop before the figure of the fills
  // and ask which row will look best under which mask.
  //
  // - **Before running: under which masks will the harmonic fill, which knows no digits, beat the mean
  //   fill?** Where a known pixel is near every missing one, as under thin letters (`harmonic_over_mean_text`
  //   is at most 0.5). Under stripes of width 9 it loses on digits: it joins the two edges and knows nothing
  //   of strokes between.
  // - **Is a network with a small error over the whole image a good restorer?** Not for that reason. A 5 x 5
  //   hole is 25 of 784 pixels, so nearly all that the mean runs over was only to be copied. Conversely, the
  //   network here is better than black in the hole and yet worse over the whole image.
  // - **Does the Gaussian fill need pixels to be normal?** Not to be the best linear answer: means and
  //   covariances suffice for that, as the derivation with w shows. Normality is needed to read sigma as an
  //   interval with a known share, and there it fails.
  // - **Why does sigma not depend on the image?** It is the root of the diagonal of \f$ P_{hh}^{-1} \f$, and
  //   in that occur the covariance of the training images and which pixels are missing, but not \f$ x_k \f$.
  //   For two pixels: \f$ b - c^2 / a \f$ has no u in it.
  // - **Both intervals come from the same errors. How can one be narrower?** The variance of a difference is
  //   \f$ \mathrm{Var}\,A + \mathrm{Var}\,B - 2\,\mathrm{Cov}(A, B) \f$. With common resamples the covariance
  //   of the two means is positive, for hard images are hard for both; with separate resamples it is 0.
  //
  // ## Next
  //
  // The assignment makes 32 statements about its network. With baselines, frozen masks, several trainings and
  // intervals each of them can be judged: @ref tutorial_34_claims.
}

int main(int argc, char** argv) {
  return cli::run_tutorial(argc, argv, "Baselines, and the honest score", baselines);
}
