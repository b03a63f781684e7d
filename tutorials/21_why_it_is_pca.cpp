// # Why it is PCA
//
// You prove that no autoencoder with two code units and a linear decoder can beat two principal components
// on its training images, and watch two come close.
//
// ## What you will see
//
// - a figure: the error of k principal components, and where two autoencoders lie;
// - the angle between the plane that a network found and the best plane: almost none.
//
// It trains two networks for 60 epochs each, which takes about six seconds.
//
// **Needs:** @ref tutorial_20_autoencoder; from linear algebra, orthogonal projection and the eigenvectors
// of a symmetric matrix.
//
// ## Shapes
//
// | symbol   | meaning                                                | shape   |
// |----------|--------------------------------------------------------|---------|
// | `x`      | the training images                                    | (N, D)  |
// | `x'`     | the test images                                        | (N', D) |
// | `C`      | the first 64 principal components, as rows             | (64, D) |
// | `lambda` | their eigenvalues: how much the images vary along each | (64)    |
// | `W`      | the weights of the linear network's decoder            | (2, D)  |
// | `z`      | five codes, drawn at random to try other axes with     | (5, 2)  |
// | `R`      | an invertible matrix: the other axes                   | (2, 2)  |

#include <algorithm>
#include <cmath>
#include <iostream>
#include <string>

#include "cli/tutorial.hpp"
#include "mend/baselines/pca.hpp"
#include "mend/data/dataset.hpp"
#include "mend/figures/chart.hpp"
#include "mend/layers/dense.hpp"
#include "mend/losses/mse.hpp"
#include "mend/models/assignment.hpp"
#include "mend/optimizers/adam.hpp"
#include "mend/tensor/ops.hpp"
#include "mend/training/fit.hpp"

using namespace mend;

// ## Every decoder of two numbers draws a plane
//
// Whatever the encoder does, the decoder computes \f$ y = z W + b \f$ with two numbers \f$ z \f$: all its
// answers lie in one plane through \f$ b \f$, spanned by the two rows of \f$ W \f$. The best that any
// encoder can do is to send each image to the point of the plane that is nearest to it. So the question is
// not about networks at all: *which plane lies nearest to the images?*
//
// It goes through the mean of the images. For whatever its directions are, what is lost of an image is its
// part at right angles to the plane, and the plane answers there with a constant; the best constant is the
// mean, as @ref tutorial_11_fives_and_sevens derives.
//
// So let \f$ x_n \f$ be the images minus their mean, and \f$ u_1, u_2 \f$ an orthonormal basis of the plane's
// directions. By Pythagoras the squared distance of an image to the plane is
// \f[
//   \lVert x_n \rVert^2 - (x_n \cdot u_1)^2 - (x_n \cdot u_2)^2 .
// \f]
// Averaged over the images, with the *covariance matrix* \f$ S = \frac{1}{N} \sum_n x_n x_n^\top \f$ (D x D;
// for once \f$ x_n \f$ is a column), that is a constant, the *trace* \f$ \operatorname{tr} S \f$ (the sum of
// the diagonal), minus \f$ u_1^\top S u_1 + u_2^\top S u_2 \f$, and this sum must be as large as possible.
// Take the eigenvectors \f$ e_i \f$ of \f$ S \f$, orthonormal, with the eigenvalues
// \f$ \lambda_1 \ge \lambda_2 \ge \dots \ge 0 \f$:
// \f[
//   u_1^\top S u_1 + u_2^\top S u_2 = \sum_i \lambda_i w_i,
//   \qquad w_i = (u_1 \cdot e_i)^2 + (u_2 \cdot e_i)^2 .
// \f]
// A weight \f$ w_i \f$ is the squared length of \f$ e_i \f$ projected onto the plane, hence at most 1, and
// the weights add up to 2, the squared lengths of \f$ u_1 \f$ and \f$ u_2 \f$. Two units of weight, at most
// one on each eigenvalue: the best is to put them on the two largest, and that is what
// \f$ u_1 = e_1, u_2 = e_2 \f$ does. These are the first two *principal components*, and the method is
// called principal component analysis, PCA (Pearson 1901; as a theorem on matrices: Eckart and Young 1936).
// What is left, per pixel, is
// \f[
//   \frac{1}{D} \left( \operatorname{tr} S - \lambda_1 - \lambda_2 \right)
//   = \frac{1}{D} \left( \lambda_3 + \lambda_4 + \dots \right) :
// \f]
// the *floor*, below which no training can get. With k components instead of 2 the same argument holds.
//
// ## How far apart are two planes?
//
// Later we want to know whether two planes are the same. The code takes an orthonormal basis of each. The
// *singular values* \f$ s_1, s_2 \f$ of the 2 x 2 matrix of all inner products, the most and the least by
// which it stretches a vector, are then the cosines of the *principal angles*: of the smallest and of the
// largest angle between the planes. The squares of the matrix's elements add up to \f$ s_1^2 + s_2^2 \f$,
// and the size of its determinant is \f$ s_1 s_2 \f$; so their sum and their difference follow by
// completing the square.

// Orthonormal rows for the plane that the two rows of w span: from the second row, its part along the first
// is taken away (Gram and Schmidt).
Tensor<float> orthonormal_rows(Tensor<float> w) {
  const std::size_t d = w.dim(1);
  float* u = w.data();
  float* v = w.data() + d;
  const auto inner = [d](const float* a, const float* b) {
    double sum = 0;
    for (std::size_t i = 0; i < d; ++i) sum += static_cast<double>(a[i]) * b[i];
    return sum;
  };
  const auto scale = [d](float* a, double factor) {
    for (std::size_t i = 0; i < d; ++i) a[i] *= static_cast<float>(factor);
  };
  scale(u, 1 / std::sqrt(inner(u, u)));
  const double shared = inner(u, v);
  for (std::size_t i = 0; i < d; ++i) v[i] -= static_cast<float>(shared) * u[i];
  scale(v, 1 / std::sqrt(inner(v, v)));
  return w;
}

// The cosine of the largest angle between two planes, given by orthonormal rows: 1 when they are the same.
double cosine_of_planes(const Tensor<float>& a, const Tensor<float>& b) {
  const Tensor<float> m = matmul_nt(a, b);
  const double squares = dot(m, m), determinant = std::abs(m(0, 0) * m(1, 1) - m(0, 1) * m(1, 0));
  const double sum = std::sqrt(squares + 2 * determinant),
               difference = std::sqrt(std::max(0.0, squares - 2 * determinant));
  return (sum - difference) / 2;  // the smaller singular value
}

void why_it_is_pca(cli::Tutorial& tutorial) {
  // ## Principal components

  const Dataset dataset = load_dataset(tutorial.data);
  const Tensor<float> x = to_rows(keep_classes(dataset.train, {5, 7})),
                      x_test = to_rows(keep_classes(dataset.test, {5, 7}));
  Series train_curve, test_curve;
  train_curve.name = "principal components, training";
  test_curve.name = "principal components, test";
  train_curve.mark = test_curve.mark = Mark::line_points;
  const Pca all(x, 64);
  tutorial.show_shape("x", "(N, D)", x.shape());
  tutorial.show_shape("x'", "(N', D)", x_test.shape());
  tutorial.show_shape("C", "(64, D)", all.components().shape());
  tutorial.show_shape("lambda", "(64)", all.variances().shape());
  for (const std::size_t k : {1u, 2u, 3u, 5u, 8u, 16u, 32u, 64u}) {
    // The components of a smaller k are the first ones of a larger.
    const Tensor<float> c = slice_rows(all.components(), 0, k);
    const auto error = [&](const Tensor<float>& images) {
      const Tensor<float> around_mean = add_rows(images, all.mean() * -1.0f);
      return static_cast<double>(mse(matmul(matmul_nt(around_mean, c), c), around_mean).value);
    };
    train_curve.x.push_back(static_cast<double>(k));
    train_curve.y.push_back(error(x));
    test_curve.x.push_back(static_cast<double>(k));
    test_curve.y.push_back(error(x_test));
    std::cout << k << " components: MSE " << train_curve.y.back() << " in training, " << test_curve.y.back()
              << " in testing\n";
  }
  const double floor = train_curve.y[1];

  // The derivation says what the floor is without any projection: the trace of S, which is the squared
  // length of a centred image on average, less the two largest eigenvalues. Both ways must agree to the
  // digits of float.

  const Tensor<float> centred = add_rows(x, all.mean() * -1.0f);
  const double trace = static_cast<double>(dot(centred, centred)) / static_cast<double>(x.dim(0));
  const double from_eigenvalues =
      (trace - all.variances()[0] - all.variances()[1]) / static_cast<double>(x.dim(1));
  tutorial.expect("floor_over_sum_of_eigenvalues", floor / from_eigenvalues, 0.99999, 1.00001);
  if (dataset.name == "MNIST") {
    tutorial.expect("two_components_in_training", floor, 0.0459, 0.0463);
    tutorial.expect("two_components_in_testing", test_curve.y[1], 0.0456, 0.0460);
  }

  // ## Two networks
  //
  // The first is *linear* all the way: 784 inputs, 2 units, 784 outputs, without any sigmoid. Its loss has no
  // local minima besides the global one, only *saddle points* (Baldi and Hornik 1989), where the gradient is
  // 0 but some direction still leads down; so training has nowhere to get stuck for good. The second is the
  // assignment's, with its sigmoid. Both get a falling rate, so that the last steps do not jump about the
  // minimum.

  Random init(tutorial.seed, "init");
  Sequential<float> linear;
  linear.add<Dense>(784, 2, init).add<Dense>(2, 784, init);
  Sequential<float> sigmoid = embedding_autoencoder(init);
  const auto train = [&](Sequential<float>& net, double rate) {
    Random shuffle(tutorial.seed, "shuffle");
    Adam<float> adam(net.parameters(), rate);
    FitOptions options;
    options.epochs = tutorial.full_or_quick<std::size_t>(60, 20);
    options.schedule = cosine_schedule(options.epochs);
    fit(net, adam, x, shuffle, options);
    return static_cast<double>(mse(net.predict(x), x).value);
  };
  const double linear_error = train(linear, 0.02), sigmoid_error = train(sigmoid, 5e-3);
  std::cout << "training MSE: linear network " << linear_error << ", with sigmoid " << sigmoid_error
            << ", floor " << floor << "\n";

  // The theorem says that neither ratio can be below 1; the bands forgive float the fifth digit. The upper
  // ends are about training: the linear network must arrive, within a thousandth. The other one must squeeze
  // its codes into (0, 1). It can still come as close to the floor as it likes, with small weights before
  // the sigmoid, where that is nearly linear, and large ones after it; but training gets there slowly.

  tutorial.expect("linear_over_floor", linear_error / floor, 0.99999, 1.001);
  tutorial.expect("sigmoid_over_floor", sigmoid_error / floor, 0.99999, 1.05);

  // ## The same plane, other axes
  //
  // Did the linear network find the *same plane*, or another one that is nearly as good? The rows of its
  // decoder span its plane.

  const auto decoder = [](const Sequential<float>& net, std::size_t layer) {
    return dynamic_cast<const Dense<float>&>(net[layer]).weight();
  };
  const Tensor<float> best = slice_rows(all.components(), 0, 2);
  const double linear_cosine = cosine_of_planes(orthonormal_rows(decoder(linear, 1)), best);
  const double sigmoid_cosine = cosine_of_planes(orthonormal_rows(decoder(sigmoid, 2)), best);
  std::cout << "cosine of the largest angle to the best plane: linear " << linear_cosine << ", sigmoid "
            << sigmoid_cosine << "\n";
  tutorial.expect("linear_network_finds_the_plane", linear_cosine, 0.999, 1.00001);

  // The linear network finds the best plane. (A sigmoid bends the codes, and where it does not come to the
  // floor, its plane may lean towards the third component; the program prints both.) But the axes are not
  // the principal components, nor need they be: for any invertible 2 x 2 matrix \f$ R \f$, the codes
  // \f$ z R \f$ with the decoder \f$ R^{-1} W \f$ give the same answers and the same loss.

  Tensor<float> z({5, 2});
  for (float& code : z) code = static_cast<float>(init.normal());
  const Tensor<float> r({2, 2}, {1, 2, -1, 1});
  const Tensor<float> r_inverse = Tensor<float>({2, 2}, {1, -2, 1, 1}) * (1.0f / 3);
  const Tensor<float> w = decoder(linear, 1);
  tutorial.show_shape("W", "(2, D)", w.shape());
  tutorial.show_shape("z", "(5, 2)", z.shape());
  tutorial.show_shape("R", "(2, 2)", r.shape());
  const Tensor<float> change = matmul(matmul(z, r), matmul(r_inverse, w)) - matmul(z, w);
  const double answers = dot(matmul(z, w), matmul(z, w));
  tutorial.expect("other_axes_same_answers", std::sqrt(dot(change, change) / answers), 0, 1e-5);

  // Training has no reason to prefer one. With the sigmoid the freedom is exact only for swapping the units
  // and for mirroring one, since \f$ 1 - \sigma(a) = \sigma(-a) \f$; but near the middle of its range the
  // sigmoid is almost linear. That is why your map of @ref tutorial_20_autoencoder is turned, stretched or
  // mirrored against your neighbour's, and why nobody should read a meaning into the single axes of such a
  // map.

  Chart chart;
  chart.title = "What is lost when k numbers are kept";
  chart.x_label = "numbers kept, k";
  chart.y_label = "MSE per pixel";
  chart.log_x = chart.log_y = true;
  Series networks;
  networks.name = "autoencoders with 2 units, training";
  networks.mark = Mark::points;
  networks.x = {2, 2};
  networks.y = {linear_error, sigmoid_error};
  chart.series = {train_curve, test_curve, networks};
  save_chart(tutorial.file("21_principal_components"), {chart},
             "The error of k principal components falls from k = 1 to k = 64; two autoencoders with two code "
             "units lie on the curve of the training images at k = 2 or slightly above it, neither below.",
             dataset.name + ", classes " + dataset.class_names[5] + " and " + dataset.class_names[7] +
                 ", seed " + std::to_string(tutorial.seed));

  // @figure{21_principal_components.svg} Both networks sit at k = 2, on the curve of the training images or
  // above it.
  //
  // So what is a network good for here? With a *linear* decoder, for nothing that an eigenvalue solver does
  // not do better. A gain is possible where the decoder bends: with hidden layers and non-linearities after
  // the code its answers lie on a curved surface, not on a plane, and the theorem has nothing to say about
  // it.
  //
  // ## Run
  //
  // ```
  // build/release/tutorials/21_why_it_is_pca --data mnist
  // ```
  //
  // `--quick` trains for 20 epochs instead of 60; without `--data` the program takes the first data set that
  // is there.
  //
  // @output
  //
  // ## If it differs
  //
  // - **A network below the floor**: the two errors are not of the same images, or one of them is not divided
  //   by N D. The theorem is older than your program.
  // - **The linear network stays well above the floor**: training was stopped too early, near a saddle point.
  //   Train longer or raise the rate.
  // - **The linear network is at the floor, but its cosine is far from 1**: the rows were not made
  //   orthonormal, or the encoder's weights were taken for the decoder's. Only on data whose second and third
  //   eigenvalues are nearly equal that is no bug.
  //
  // ## Exercise
  //
  // Try: give the linear network the weights and biases that make it PCA without any training, and confirm
  // the floor. Then add the loss of the first code unit alone (the second set to 0). Which axes does
  // training prefer now, and why?
  //
  // ## For the lecturer
  //
  // @lesson{30}
  //
  // The class should be able to give the proof on a blackboard in four steps: a plane, its distance, the
  // eigenvectors, two units of weight. Stop after "at most 1, and the weights add up to 2", and ask how to
  // spend them.
  //
  // - **Before running: on which side of the floor will the network with the sigmoid end, and which line of
  //   the proof says so?** Not below it. The proof begins "whatever the encoder does" and uses the decoder
  //   alone. `sigmoid_over_floor` may fall below 1 by the rounding of float only.
  // - **Why do the weights \f$ w_i \f$ add up to 2?** The \f$ e_i \f$ are an orthonormal basis, so
  //   \f$ \sum_i (u_1 \cdot e_i)^2 \f$ is the squared length of \f$ u_1 \f$, which is 1, and likewise for
  //   \f$ u_2 \f$.
  // - **After training, is the first unit the first principal component?** There is no reason why it should
  //   be. With any invertible R, codes \f$ z R \f$ and decoder \f$ R^{-1} W \f$ have the same answers and the
  //   same loss. Only the plane is determined.
  // - **How many components does it take to lose nothing at all on the training images?** As many as S has
  //   eigenvalues above 0, at most D. A pixel that has one value in all images takes one away, since its
  //   row of S is 0.
  // - **Must the error of the components be larger on the test images?** No. The theorem is about the
  //   training images; the test images may be harder or easier. What is certain: a plane fitted to the test
  //   images themselves would lose no more of them than this one. Compare the two columns that the program
  //   prints.
  //
  // ## Next
  //
  // Two numbers are few. Task 3 gives the network room, and takes pixels away instead:
  // @ref tutorial_30_masks.
}

int main(int argc, char** argv) {
  return cli::run_tutorial(argc, argv, "Why an autoencoder with a linear decoder is PCA", why_it_is_pca);
}
