// # Breaking images
//
// You damage images in the assignment's three ways, and learn to say where an error lies before you measure
// one.
//
// ## What you will see
//
// - a figure: one image under stripes and patches of growing size;
// - a figure: how much ink is hidden by masks of the same area;
// - an error split into the part inside the hole and the part outside;
// - two figures: seven more families of masks, four fills of a hole, three kinds of noise.
//
// It runs for about two seconds.
//
// **Needs:** the data and the mean squared error, from @ref tutorial_11_fives_and_sevens.
//
// ## Shapes
//
// | symbol | meaning                                             | shape    |
// |--------|-----------------------------------------------------|----------|
// | `x`    | the test images                                     | (N, 784) |
// | `hole` | their masks: 1 is missing, 0 is known               | (N, 784) |
// | `y`    | what a restorer answers, here one that adds grey    | (N, 784) |

#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

#include "cli/tutorial.hpp"
#include "mend/data/dataset.hpp"
#include "mend/figures/chart.hpp"
#include "mend/figures/image_grid.hpp"
#include "mend/losses/mse.hpp"
#include "mend/masks/families.hpp"
#include "mend/masks/fill_hole.hpp"
#include "mend/masks/noise.hpp"
#include "mend/masks/polarity.hpp"
#include "mend/metrics/restoration_error.hpp"
#include "mend/tensor/ops.hpp"

using namespace mend;

void masks(cli::Tutorial& tutorial) {
  const Dataset dataset = load_dataset(tutorial.data);
  const Tensor<float> x = to_rows(keep_classes(dataset.test, {5, 7}));
  tutorial.show_shape("x", "(N, 784)", x.shape());

  // ## One means hole
  //
  // A *mask* says of each pixel whether it is missing. Libraries disagree on how: in one, nonzero means
  // missing; in the next, 255 means known. Whoever mixes them up restores the wrong half of the picture, and
  // the numbers may even look good. So the mask is a type of its own, @ref mend::Mask, and its *polarity*,
  // which of the two values means missing, is written down once: **hole = 1**.
  //
  // @ref mend::draw_masks draws one stripe or square into each image, at a position that is uniform (each as
  // likely as any other) among all that fit into the frame. These are the assignment's three *families*:
  // vertical stripes, horizontal stripes and square patches.

  Random random(tutorial.seed, "masks");
  const Tensor<float> one = slice_rows(x, 0, 1);
  std::vector<GridRow> rows;
  std::vector<std::string> sizes;
  const std::vector<std::size_t> shown = {3, 7, 11, 15, 21};
  for (const std::size_t size : shown) sizes.push_back(std::to_string(size));
  const MaskFamily families[] = {MaskFamily::vertical_stripe, MaskFamily::horizontal_stripe,
                                 MaskFamily::patch};
  for (const MaskFamily family : families) {
    Tensor<float> damaged({shown.size(), x.dim(1)});
    for (std::size_t i = 0; i < shown.size(); ++i) {
      const Tensor<float> row = damage(one, draw_masks(family, shown[i], 1, random), 0.5f);
      std::copy(row.begin(), row.end(), damaged.begin() + static_cast<std::ptrdiff_t>(i * x.dim(1)));
    }
    rows.push_back({to_string(family), damaged});
  }
  save_image_grid(
      tutorial.file("30_masks"), rows, sizes,
      "One image of " + dataset.name +
          " under vertical stripes, horizontal stripes and square patches, each of 3, 7, "
          "11, 15 and 21 pixels: from left to right the holes, grey here so that they show, "
          "take ever more of the picture.",
      dataset.name + ", seed " + std::to_string(tutorial.seed) + "; the size in pixels stands above");

  // @figure{30_masks.svg} Grey is missing. The assignment fills the hole with *black*, which is also the
  // colour of the background: its network is never told what is missing and what is empty.
  //
  // ## How much is missing?
  //
  // The area is easy: a stripe of width \f$ w \f$ hides \f$ w / 28 \f$ of the pixels, a square of side
  // \f$ s \f$ hides \f$ s^2 / 784 \f$. But most pixels of a digit are black, and hiding black pixels with
  // black hides nothing. What counts is the hidden *ink*: the share of all brightness that lies in the hole.
  // Ink gathers in the middle, and so do masks that lie inside the frame wholly: there are few positions
  // that cover a corner and many that cover the middle. A stripe is drawn to the middle in one direction, a
  // square in both.

  std::vector<Series> ink_curves;
  const double ink = sum(x);
  for (const MaskFamily family : families) {
    Series series;
    series.name = to_string(family);
    series.mark = Mark::line_points;
    for (std::size_t size = 1; size <= 28; size += 3) {
      const Mask mask = draw_masks(family, size, x.dim(0), random);
      const double hidden = dot(x, mask.hole()) / ink;
      series.x.push_back(100 * mask.hole_share());
      series.y.push_back(100 * hidden);
    }
    ink_curves.push_back(series);
  }

  // A square of 15 x 15 and a stripe of width 8 have nearly the same area:

  const auto hidden_ink = [&](MaskFamily family, std::size_t size) {
    const Mask mask = draw_masks(family, size, x.dim(0), random);
    const double hidden = dot(x, mask.hole()) / ink;
    std::cout << to_string(family) << " " << size << ": hides " << 100 * mask.hole_share()
              << " % of the area and " << 100 * hidden << " % of the ink\n";
    return hidden;
  };
  const double patch_15 = hidden_ink(MaskFamily::patch, 15);
  const double vertical_8 = hidden_ink(MaskFamily::vertical_stripe, 8);
  const double horizontal_8 = hidden_ink(MaskFamily::horizontal_stripe, 8);
  tutorial.expect("ink_over_area_of_a_patch", patch_15 / (225.0 / 784), 1.2, 3.48);
  tutorial.expect("ink_of_a_patch_over_vertical_stripe", patch_15 / vertical_8, 1.2, 2);
  tutorial.expect("ink_of_a_patch_over_horizontal_stripe", patch_15 / horizontal_8, 1.1, 2);

  // The orientation matters, too. Digits are taller than wide: a wide vertical stripe finds more ink than a
  // horizontal one of the same area. The shoes of Fashion-MNIST are wider than tall, and there it is the
  // other way round.

  const double vertical_15 = hidden_ink(MaskFamily::vertical_stripe, 15);
  const double horizontal_15 = hidden_ink(MaskFamily::horizontal_stripe, 15);
  if (dataset.name == "MNIST")
    tutorial.expect("ink_of_vertical_over_horizontal", vertical_15 / horizontal_15, 1.1, 1.25);
  if (dataset.name == "Fashion-MNIST")
    tutorial.expect("ink_of_vertical_over_horizontal", vertical_15 / horizontal_15, 0.6, 0.9);

  Chart chart;
  chart.title = "Hidden ink against masked area";
  chart.x_label = "masked area in %";
  chart.y_label = "hidden ink in %";
  chart.series = ink_curves;
  save_chart(
      tutorial.file("30_hidden_ink"), {chart},
      "Hidden ink against masked area for three families of masks: up to a third of the area, patches hide "
      "more ink than stripes of the same area, because they cover the middle of the picture, where the ink "
      "is.",
      dataset.name + ", " + std::to_string(x.dim(0)) + " test images, seed " + std::to_string(tutorial.seed));

  // @figure{30_hidden_ink.svg} Up to a third of the area the curve of the patches lies on top. Two masks of
  // equal area are not equally hard. Whoever compares shapes of masks at equal area compares amounts of ink,
  // and may take one for the other.
  //
  // ## Where an error lies
  //
  // Let \f$ H \f$ be the set of missing pixels and \f$ a \f$ its share. The error over the whole image is a
  // mixture,
  // \f[
  //   E_{\mathrm{whole}} = a\, E_{\mathrm{hole}} + (1 - a)\, E_{\mathrm{known}} ,
  // \f]
  // and the mixture can mislead in both directions: a network that blurs the known pixels looks worse than
  // it restores, and a small hole looks well restored because it is small. If the known pixels are put back
  // after restoring (the *composite*), the second part vanishes:
  // \f$ E_{\mathrm{composite}} = a\, E_{\mathrm{hole}} \f$. @ref mend::restoration_error returns the parts
  // of both, `raw` (the answer as it came) and `composite`, and has no field called just "error". It wants
  // to be told whether differences are squared, and it names one part more: the *ring*, the known pixels at
  // most two away from the hole, where a seam would show.
  //
  // We test it on two restorers: one does nothing (the hole stays black), and one adds a little grey
  // \f$ c \f$ to everything. What the second must score follows with pencil and paper. On known pixels it
  // errs by \f$ c \f$, so it loses \f$ c^2 \f$. In the hole it answers \f$ c \f$ instead of 0, and
  // \f[
  //   (c - x)^2 - x^2 = c^2 - 2 c x :
  // \f]
  // it gains when the mean of the hidden pixels is above \f$ c / 2 \f$.

  const Mask mask = draw_masks(MaskFamily::vertical_stripe, 5, x.dim(0), random);
  const Tensor<float> damaged = damage(x, mask);
  const auto report = [&](const std::string& name, const Tensor<float>& restored) {
    const RestorationError error = restoration_error(restored, x, mask, Penalty::squared);
    std::cout << name << ": whole " << error.raw.whole << ", hole " << error.raw.hole << ", ring "
              << error.raw.ring << ", known " << error.raw.known << ", composite " << error.composite.whole
              << "\n";
    return error;
  };
  const RestorationError black = report("leave it black", damaged);
  const Tensor<float> y = damaged + Tensor<float>(x.shape(), 0.1f);
  const RestorationError grey = report("add a tenth of grey", y);
  tutorial.show_shape("hole", "(N, 784)", mask.hole().shape());
  tutorial.show_shape("y", "(N, 784)", y.shape());
  const double a = mask.hole_share();
  tutorial.expect("masked_share", a, 5.0 / 28 - 1e-6, 5.0 / 28 + 1e-6);
  tutorial.expect("black_keeps_the_known_pixels", black.raw.known, 0, 0);
  tutorial.expect("grey_costs_0.01_on_known_pixels", grey.raw.known, 0.009999, 0.010001);
  tutorial.expect("grey_costs_0.01_on_the_ring", grey.raw.ring, 0.009999, 0.010001);
  tutorial.expect("mixture_is_whole", (a * grey.raw.hole + (1 - a) * grey.raw.known) / grey.raw.whole,
                  0.999999, 1.000001);
  tutorial.expect("composite_is_share_times_hole", a * grey.raw.hole / grey.composite.whole, 0.999999,
                  1.000001);
  const double hidden_mean = dot(x, mask.hole()) / sum(mask.hole());
  tutorial.expect("gain_in_the_hole_less_formula",
                  grey.raw.hole - black.raw.hole - (0.01 - 0.2 * hidden_mean), -1e-6, 1e-6);
  tutorial.expect("grey_over_black_on_the_whole", grey.raw.whole / black.raw.whole, 1, 1.5);
  tutorial.expect("grey_over_black_in_the_hole", grey.raw.hole / black.raw.hole, 0.5, 1);

  // Compare the two restorers: over the whole image, grey is worse than doing nothing. Inside the hole it is
  // better. Both are true, and a table that does not say which of the two it states cannot be understood.
  //
  // ## More ways to break an image
  //
  // The assignment stops at stripes and squares. Users meet other damage, and @ref mend::draw_masks draws
  // seven more families. Each has one number, its *size*:
  //
  // | family            | looks like                             | size              |
  // |-------------------|----------------------------------------|-------------------|
  // | scratches         | thin curved lines from edge to edge    | how many          |
  // | brush             | strokes of a thick pen                 | how many          |
  // | text              | capital letters printed over the image | how many          |
  // | scattered         | single pixels anywhere                 | percent of pixels |
  // | every second line | rows hidden and known in turn          | rows of a band    |
  // | half              | everything from one side inwards       | pixels inwards    |
  // | centre            | a square in the middle                 | its side          |

  Random more(tutorial.seed, "more masks");
  struct Shown {
    MaskFamily family;
    std::size_t little, much;
  };
  const std::vector<Shown> seven = {{MaskFamily::scratches, 3, 9},
                                    {MaskFamily::brush, 1, 4},
                                    {MaskFamily::text, 3, 9},
                                    {MaskFamily::scattered, 20, 70},
                                    {MaskFamily::every_second_line, 1, 4},
                                    {MaskFamily::half, 7, 14},
                                    {MaskFamily::centre, 8, 16}};
  // One picture after another, as a row of a figure.
  const auto side_by_side = [](const std::vector<Tensor<float>>& pictures) {
    Tensor<float> row({pictures.size(), pictures[0].size()});
    for (std::size_t i = 0; i < pictures.size(); ++i)
      std::copy(pictures[i].begin(), pictures[i].end(),
                row.begin() + static_cast<std::ptrdiff_t>(i * row.dim(1)));
    return row;
  };
  std::vector<Tensor<float>> little, much;
  std::vector<std::string> names;
  for (const Shown& pair : seven) {
    little.push_back(damage(one, draw_masks(pair.family, pair.little, 1, more), 0.5f));
    much.push_back(damage(one, draw_masks(pair.family, pair.much, 1, more), 0.5f));
    names.push_back(to_string(pair.family) + " " + std::to_string(pair.little) + ",\u00a0" +
                    std::to_string(pair.much));
  }
  save_image_grid(
      tutorial.file("30_families"), {{"a little", side_by_side(little)}, {"much", side_by_side(much)}}, names,
      "One image under seven more families of masks, each with a small and a large hole: scratches, brush "
      "strokes, text, scattered pixels and every second line leave known pixels all over the picture, "
      "while a side and the centre take one whole region away.",
      dataset.name + ", seed " + std::to_string(tutorial.seed));

  // @figure{30_families.svg} The size stands above, first for the upper row, then for the lower one.
  // Scattered pixels leave a known pixel near every missing one; half of the image leaves none for up to 14
  // pixels.
  //
  // A restorer sees something *in* the hole, too. Black is one choice; the mean of the training images,
  // noise, or the nearest known pixel (@ref mend::fill_with_mean, @ref mend::fill_with_noise,
  // @ref mend::fill_with_edge) are others. Whoever is told the mask should not care, and a test of a restorer
  // is to change the fill and see whether its answer changes. The assignment's network is not told.
  //
  // *Noise* is damage without a mask: every pixel may be wrong, and nobody says which. What it costs follows
  // from its definition, and has to be known before a *denoiser*, a restorer of noisy images, is praised.

  const double sigma = 0.2;
  const Tensor<float> noisy = add_gaussian_noise(x, sigma, more);
  const Tensor<float> salted = add_salt_and_pepper(x, 0.2, more);
  const Tensor<float> speckled = add_speckle(x, 0.5, more);
  tutorial.expect("gaussian_noise_costs_sigma_squared", mse(noisy, x).value / (sigma * sigma), 0.99, 1.01);
  const double squares = dot(x, x) / static_cast<double>(x.size());
  const double opposite = 1 - 2 * ink / static_cast<double>(x.size()) + squares;  // mean of (1 - x)^2
  tutorial.expect("salt_and_pepper_over_formula", mse(salted, x).value / (0.2 * (squares + opposite) / 2),
                  0.98, 1.02);
  tutorial.expect("speckle_over_formula", mse(speckled, x).value / (0.25 * squares), 0.97, 1.03);

  const Tensor<float> train = to_rows(keep_classes(dataset.train, {5, 7}));
  const Tensor<float> mean = mean_rows(train);
  const Mask patch = draw_masks(MaskFamily::patch, 13, 1, more);
  std::vector<GridRow> fills;
  for (const std::size_t i : {0u, 1u}) {
    const auto image = [i](const Tensor<float>& images) { return slice_rows(images, i, 1); };
    fills.push_back({"image " + std::to_string(i + 1),
                     side_by_side({damage(image(x), patch), fill_with_mean(image(x), patch, mean),
                                   fill_with_noise(image(x), patch, more), fill_with_edge(image(x), patch),
                                   image(noisy), image(salted), image(speckled)})});
  }
  save_image_grid(
      tutorial.file("30_fills"), fills,
      {"black", "mean", "noise", "edge", "Gaussian noise", "salt and pepper", "speckle"},
      "Two images, first with one hole filled in four ways, black, mean, noise and edge, which differ in "
      "the hole alone, then with three kinds of noise, which may change any pixel; only speckle leaves all "
      "black ones black.",
      dataset.name + ", seed " + std::to_string(tutorial.seed));

  // @figure{30_fills.svg} Left: one hole of 13 x 13 pixels, filled in four ways. Right: noise. *Gaussian
  // noise* adds \f$ \sigma z \f$ with normal \f$ z \f$ (here \f$ \sigma = 0.2 \f$) and costs \f$ \sigma^2 \f$
  // everywhere; *salt and pepper* turns a share of the pixels (0.2) black or white; *speckle* multiplies by
  // \f$ 1 + \sigma z \f$ (0.5), so that black pixels stay black.
  //
  // If your masks come from elsewhere, import them by the name of their source: @ref mend::mask_from_opencv,
  // @ref mend::mask_from_repaint, @ref mend::mask_from_mae, @ref mend::mask_from_partial_convolution. Grey
  // values are refused, but no importer can see that a mask has the *opposite* polarity: both are black and
  // white. Look at the share of missing pixels.

  const Mask wrong = mask_from_opencv(mask_to_repaint(mask));  // RePaint's 255 is known, OpenCV's is missing
  std::cout << "a stripe of 5, exported for RePaint and imported as OpenCV's: " << 100 * mask.hole_share()
            << " % missing became " << 100 * wrong.hole_share() << " %\n";
  tutorial.expect("right_and_wrong_polarity_together", mask.hole_share() + wrong.hole_share(), 1 - 1e-6,
                  1 + 1e-6);

  // ## Run
  //
  // ```
  // build/release/tutorials/30_masks --data mnist
  // ```
  //
  // `--seed N` draws other masks; without `--data` the program takes the first data set that is there.
  //
  // @output
  //
  // ## If it differs
  //
  // - **"Leave it black" errs outside the hole and not inside**: the polarity was reversed between damaging
  //   and judging.
  // - **A stripe never touches the right edge**: the position is drawn from one place too few. A stripe of
  //   width w has \f$ 29 - w \f$ places in 28 columns, not \f$ 28 - w \f$.
  // - **The hidden ink equals the area**: the mask is multiplied with something constant instead of the
  //   images.
  //
  // ## Exercise
  //
  // Try: a fourth family, a square frame of width 3 along the border of the picture. Where does its curve
  // run in the second figure, and why?
  //
  // ## For the lecturer
  //
  // @lesson{25}
  //
  // The class should be able to ask "over which pixels?" of every error, and "how much ink?" of every mask.
  // Stop at the formula of the grey restorer, and have its gain predicted before the program prints it.
  //
  // - **Before running: a square of 15 x 15 and a stripe of width 8. Which hides more of the picture, and
  //   which more of the ink?** The areas are nearly equal, 225 / 784 = 28.7 % and 8 / 28 = 28.6 %. The square
  //   hides more ink, because it is drawn to the middle in both directions.
  // - **How many places has a stripe of width 5, in how many of them does it hide the first column, and in
  //   how many a column in the middle?** 24 places; the first column in 1 of them, a middle one in 5.
  // - **Before running: adding a tenth of grey, when does it help inside the hole?** The squared error
  //   changes by \f$ 0.01 - 0.2\,\bar{x} \f$ with \f$ \bar{x} \f$ the mean of the hidden pixels: it helps
  //   when \f$ \bar{x} > 0.05 \f$. On known pixels it always costs 0.01.
  // - **Restorer A has a smaller error over the whole image than restorer B. Does it restore better?** That
  //   does not follow. Here, leaving the hole black beats grey over the whole image and loses in the hole.
  // - **A mask came in with the wrong polarity. Does the share of missing pixels always give it away?** No.
  //   The right and the wrong share add up to 1, so 5 / 28 becomes 23 / 28, which is seen at once; but a mask
  //   that hides one half of the picture keeps its share.
  //
  // ## Next
  //
  // Now let a network try: @ref tutorial_31_restorer.
}

int main(int argc, char** argv) {
  return cli::run_tutorial(argc, argv, "Breaking images: masks, hidden ink, and where an error lies", masks);
}
