// # Fives and sevens
//
// You prepare the data of the assignment, and measure how well one can do without any network at all: every
// error that comes later must be compared with these.
//
// ## What you will see
//
// - a figure: the mean five, the mean seven, the mean of all, and where they differ;
// - three errors to remember: of black, of the mean image, and of the mean of the right class.
//
// It runs for one to three seconds.
//
// **Needs:** @ref tutorial_10_reading_digits, and the mean squared error of @ref tutorial_02_numeric_slope.
//
// ## Shapes
//
// | symbol   | meaning                                   | shape     |
// |----------|-------------------------------------------|-----------|
// | `pixels` | training images of two classes, as bytes  | (N, H, W) |
// | `x`      | the same as rows of numbers in [0, 1]     | (N, H W)  |
// | `x'`     | test images, the same way                 | (N', H W) |
// | `m`      | the mean training image                   | (H W)     |

#include <algorithm>
#include <cstdint>
#include <iostream>
#include <string>

#include "cli/tutorial.hpp"
#include "mend/data/dataset.hpp"
#include "mend/figures/image_grid.hpp"
#include "mend/losses/mse.hpp"
#include "mend/tensor/ops.hpp"

using namespace mend;

// One image as the answer to everything: (D) gives (N, D).
Tensor<float> always(const Tensor<float>& image, std::size_t n) {
  return add_rows(Tensor<float>({n, image.dim(0)}), image);
}

void fives_and_sevens(cli::Tutorial& tutorial) {
  // ## Filter, scale, flatten
  //
  // Three steps, each one call. *Filter*: the assignment keeps the classes 5 and 7. *Scale*: bytes become
  // numbers in [0, 1], since a network whose inputs are as large as 255 begins with saturated units and
  // huge gradients. *Flatten*: an image of 28 x 28 pixels becomes a row of 784 numbers. The network is not
  // told which pixels are neighbours: a dense layer treats its inputs alike, in whatever order they come.
  // That is its weakness, and the reason for *convolutions*, layers whose units each look at a few
  // neighbouring pixels.

  const Dataset dataset = load_dataset(tutorial.data);
  const Images train = keep_classes(dataset.train, {5, 7}), test = keep_classes(dataset.test, {5, 7});
  const Tensor<float> x = to_rows(train), x_test = to_rows(test);
  tutorial.show_shape("pixels", "(N, H, W)", train.pixels.shape());
  tutorial.show_shape("x", "(N, H W)", x.shape());
  tutorial.show_shape("x'", "(N', H W)", x_test.shape());
  std::cout << dataset.name << ", classes " << dataset.class_names[5] << " and " << dataset.class_names[7]
            << ": " << x.shape() << " for training, " << x_test.shape() << " for testing\n";
  std::cout << "mean pixel " << mean(x) << " in training, " << mean(x_test) << " in testing\n";
  if (dataset.name == "MNIST") {
    tutorial.expect("training_images", static_cast<double>(x.dim(0)), 11686, 11686);
    tutorial.expect("test_images", static_cast<double>(x_test.dim(0)), 1920, 1920);
    tutorial.expect("mean_pixel", mean(x), 0.1210, 0.1212);
    tutorial.expect("mean_pixel_of_all_ten_classes", mean(to_rows(dataset.train)), 0.1306, 0.1308);
  }

  // ## Three parts, not two
  //
  // The test images are for one purpose: the final verdict. Whoever looks at them to choose a learning rate,
  // or the epoch at which to stop, has learnt from them, and the verdict is worth less. For such choices a
  // part of the *training* images is held out for *validation*, drawn at random, the same part for the same
  // seed.

  Random random(tutorial.seed, "validation");
  const auto [learn, validate] = split(train, 0.1, random);
  std::cout << learn.labels.size() << " images to learn from, " << validate.labels.size()
            << " to choose with\n";
  tutorial.expect("nothing_lost", static_cast<double>(learn.labels.size() + validate.labels.size()),
                  static_cast<double>(x.dim(0)), static_cast<double>(x.dim(0)));

  // Nothing on this page is chosen by validation, so from here on `x` is all of the training images again.

  // ## What is an error of 0.05?
  //
  // The error that the assignment states is the mean squared error (MSE) per pixel,
  // \f$ \frac{1}{N D} \sum_{nd} (y_{nd} - x_{nd})^2 \f$ with D = H W. Whether 0.05 is much depends on what
  // it takes to get there. So we measure three answers that need no network:
  //
  // - **black**: always 0. Its error is the mean of \f$ x^2 \f$.
  // - **the mean image**: the same blurred picture for every input. No constant answer has a smaller error
  //   on the training images.
  // - **the mean of the right class**: as if an oracle told us the class of the image, and nothing else.
  //
  // Why the mean? Write \f$ c - x_n = (c - m) + (m - x_n) \f$ for one pixel, square, and average over the
  // images. The mixed term vanishes, because the \f$ m - x_n \f$ add up to zero, and the error of a constant
  // \f$ c \f$ splits into
  // \f[
  //   \frac{1}{N} \sum_n (c - x_n)^2 = (c - m)^2 + \frac{1}{N} \sum_n (m - x_n)^2 :
  // \f]
  // its squared distance from the mean, and the variance, which no constant can change. Black is a constant,
  // too, and the same holds within each class; so on the training images the three errors can only fall from
  // one to the next.

  const Tensor<float> m = mean_rows(x);
  tutorial.show_shape("m", "(H W)", m.shape());
  const Tensor<float> fives = to_rows(keep_classes(train, {5})), sevens = to_rows(keep_classes(train, {7}));
  const Tensor<float> five = mean_rows(fives), seven = mean_rows(sevens);
  const auto oracle = [&](const Images& images) {
    Tensor<float> answers({images.labels.size(), m.size()});
    for (std::size_t n = 0; n < images.labels.size(); ++n) {
      const Tensor<float>& answer = images.labels[n] == 5 ? five : seven;
      std::copy(answer.begin(), answer.end(), answers.begin() + static_cast<std::ptrdiff_t>(n * m.size()));
    }
    return answers;
  };
  const double best = mse(always(m, x.dim(0)), x).value;  // of all constants, on the training images
  tutorial.expect("mean_over_black_in_training", best / mse(Tensor<float>(x.shape()), x).value, 0, 1);
  tutorial.expect("class_over_mean_in_training", mse(oracle(train), x).value / best, 0, 1);

  // On the test images the order is no theorem, but it should hold as long as they are drawn like the
  // training images.

  const double black_error = mse(Tensor<float>(x_test.shape()), x_test).value;
  const double mean_error = mse(always(m, x_test.dim(0)), x_test).value;
  const double class_error = mse(oracle(test), x_test).value;
  std::cout << "test MSE of black " << black_error << ", of the mean image " << mean_error
            << ", of the mean of the right class " << class_error << "\n";
  tutorial.expect("mean_over_black_in_testing", mean_error / black_error, 0, 1);
  tutorial.expect("class_over_mean_in_testing", class_error / mean_error, 0, 1);
  if (dataset.name == "MNIST") {
    tutorial.expect("black_error", black_error, 0.1044, 0.1054);
    tutorial.expect("mean_error", mean_error, 0.0594, 0.0604);
    tutorial.expect("class_error", class_error, 0.0529, 0.0539);
  }

  // The assignment sets its autoencoder a target of 0.07. On MNIST the mean image reaches 0.06, the band of
  // `mean_error`: a network may ignore its input altogether and pass.
  //
  // And the splitting itself, measured: the mean image moved by a tenth in every pixel must cost
  // \f$ 0.1^2 \f$ more on the training images. The band leaves room for the rounding of float and nothing
  // else.

  const double moved = mse(always(m, x.dim(0)) + Tensor<float>(x.shape(), 0.1f), x).value;
  tutorial.expect("price_of_a_tenth", moved - best, 0.009999, 0.010001);

  const auto as_row = [](const Tensor<float>& image) { return image.reshaped({1, image.size()}); };
  save_image_grid(
      tutorial.file("11_mean_images"),
      {{"mean of class " + dataset.class_names[5], as_row(five)},
       {"mean of class " + dataset.class_names[7], as_row(seven)},
       {"mean of both", as_row(m)},
       {"first minus second", as_row(five - seven), true}},
      {},
      "Mean images of two classes of " + dataset.name +
          ", of both together, and the difference of the first two: each mean is a "
          "blurred picture of what its images share, and the difference shows where the classes part.",
      dataset.name + ", " + std::to_string(x.dim(0)) + " training images", dataset.train.pixels.dim(1),
      dataset.train.pixels.dim(2));

  // @figure{11_mean_images.svg} What remains of thousands of images when they are averaged. In the last
  // picture orange is where the first class has more ink, blue where the second has.
  //
  // ## Run
  //
  // ```
  // build/release/tutorials/11_fives_and_sevens --data mnist
  // ```
  //
  // The bands of the errors themselves appear for MNIST alone; without `--data` the program takes the first
  // data set that is there.
  //
  // @output
  //
  // ## If it differs
  //
  // - **Errors in the thousands**: the pixels were not divided by 255, and each error is
  //   \f$ 255^2 = 65025 \f$ times what it should be.
  // - **The mean of both looks like one class only**: the filter dropped the other. `label == (5 | 7)` does
  //   that, since 5 | 7 is 7. Count the labels.
  // - **A mean pixel of 0.13 instead of 0.12 on MNIST**: that is the mean of all ten classes; nothing was
  //   filtered. `label == 5 || 7` is always true.
  //
  // ## Exercise
  //
  // Try: your own pair of classes. Which pair has the smallest ratio `class_error / mean_error`, and which
  // the largest? Derive what the ratio has to do with the distance of the two mean images: split once more.
  //
  // ## For the lecturer
  //
  // @lesson{20}
  //
  // The class should be able to say what an error is worth: next to which answer without a network, and on
  // which images. Stop at the splitting of the error, and ask where the mixed term went.
  //
  // - **Before running: order the three errors, and say for which images the order is certain.** Black has
  //   the largest, the mean of the right class the smallest. On the training images the splitting proves
  //   it; on the test images one expects it, because they are drawn like the training images.
  // - **A network has a test error of 0.065 on MNIST and so passes the target of 0.07. What has it learnt?**
  //   Possibly nothing about the single image: the mean image, which ignores its input, has about 0.06.
  // - **Before running: the mean image is made brighter by a tenth everywhere, then by two tenths. What does
  //   that cost on the training images?** 0.01 and 0.04, whatever the images are: \f$ (c - m)^2 \f$. On the
  //   test images the mixed term does not vanish, because `m` is not their mean.
  // - **Is the mean image the most typical image?** No. It is the constant answer with the smallest squared
  //   error, and need not look like any image: where some have ink and others have none, it is grey.
  // - **How many of the 11,686 images of MNIST are left to learn from when a tenth is held out, and why not
  //   choose with the test images instead?** 11,686 - 1,169 = 10,517. Whoever chooses with the test images
  //   has learnt from them, and they can no longer say how well the choice does on unseen images.
  //
  // ## Next
  //
  // Between the mean image and the image itself there is room for numbers that say *which* image it is. The
  // autoencoder of Task 2, a network that must return its input through a narrow place, finds two of them:
  // @ref tutorial_20_autoencoder.
}

int main(int argc, char** argv) {
  return cli::run_tutorial(argc, argv,
                           "Fives and sevens: the data of the assignment, and errors to compare with",
                           fives_and_sevens);
}
