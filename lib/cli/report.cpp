#include "cli/report.hpp"

#include <algorithm>

#include "cli/claims/claims.hpp"
#include "cli/html.hpp"
#include "cli/text.hpp"
#include "mend/files/atomic_file.hpp"
#include "mend/layers/summary.hpp"
#include "mend/tensor/ops.hpp"
#include "mend/tensor/parallel.hpp"

namespace mend::cli {
namespace {

std::string task1(const Digits& digits) {
  const std::string first = escape_html(digits.names[0]), second = escape_html(digits.names[1]);
  const auto row = [&](const std::string& name, const Images& images, const Tensor<float>& rows) {
    return std::vector<std::string>{
        name, with_commas(images.labels.size()), with_commas(count_label(images, assignment_classes[0])),
        with_commas(count_label(images, assignment_classes[1])), fixed(mean(rows), 4)};
  };
  return "<h2>Task 1: the data</h2>\n<p>" + escape_html(digits.dataset) + ", the classes " + first + " and " +
         second + ": every image a row of 28 &times; 28 = 784 pixels between 0 (black) and 1 (white).</p>\n" +
         html_table("How many images there are", {"", "images", first, second, "mean pixel"},
                    {row("training", digits.train_images, digits.train),
                     row("test", digits.test_images, digits.test)});
}

std::string task2(const Digits& digits, const EmbeddingResult& result, const RunOptions& options) {
  return "<h2>Task 2: an autoencoder with 2 hidden units</h2>\n<p>784 pixels go through 2 sigmoid units and "
         "come back "
         "through a linear layer, trained for " +
         std::to_string(result.epochs) +
         " epochs with Adam (rate 0.001, batches of 128). Whatever it learns, an affine decoder of two "
         "numbers can at best draw "
         "a plane through the training images, and the best plane is that of the first two principal "
         "components.</p>\n" +
         html_table(
             "Mean squared error per pixel", {"", "training", "test"},
             {{"autoencoder 784-2-784", fixed(result.train_mse, 4), fixed(result.test_mse, 4)},
              {"2 principal components", fixed(result.pca_train_mse, 4), fixed(result.pca_test_mse, 4)},
              {"the mean training image, always", "", fixed(digits.mean_test_mse, 4)},
              {"the assignment's target", "", "&lt; 0.07"}}) +
         html_figure(options.out / "task2_embeddings",
                     "Each point is a test image, at the place that its two numbers say. Asked for the "
                     "nearer class mean (of the "
                     "training images), the map of the autoencoder names the class of " +
                         fixed(100 * result.accuracy, 1) +
                         " % of the test images, that of the principal components of " +
                         fixed(100 * result.pca_accuracy, 1) + " %.") +
         html_figure(options.out / "task2_reconstructions", "What two numbers keep of an image.");
}

std::string task3(const Digits& digits, const RestorationResult& result, const RunOptions& options) {
  std::vector<std::vector<std::string>> rows;
  std::size_t better = 0, wrong_labels = 0;
  for (std::size_t i = 0; i < result.table.size(); ++i) {
    const TableRow& row = result.table[i];
    const double kept = row.error.composite.whole, black = result.black[i].error.composite.whole,
                 mean_fill = result.mean[i].error.composite.whole,
                 gaussian = result.gaussian[i].error.composite.whole;
    const bool loses = kept > std::min({black, mean_fill, gaussian});
    const std::string ours = quality_label(row.error.raw.whole), computed = quality_label(row.stated.whole);
    const bool wrong = row.stated.label.find(computed) == std::string::npos;  // "Very Poor" counts as "Poor"
    better += row.error.raw.whole < row.stated.whole;
    wrong_labels += wrong;
    rows.push_back({to_string(row.stated.family) + " " + std::to_string(row.stated.size),
                    fixed(100 * row.masked_share, 1), fixed(row.error.raw.whole, 4),
                    fixed(row.error.raw.hole, 4), fixed(row.error.raw.ring, 4),
                    loses ? flagged(fixed(kept, 4)) : fixed(kept, 4), fixed(black, 4), fixed(mean_fill, 4),
                    fixed(gaussian, 4), ours, fixed(row.stated.whole, 4), row.stated.label,
                    wrong ? flagged(computed) : computed});
  }
  return "<h2>Task 3: restore masked images</h2>\n<p>A network 784-256-256-128-784 sees images with a stripe "
         "(3 to 16 pixels "
         "wide) or a square (5 to 15) blacked out, new ones for every batch, and learns to return the "
         "undamaged image: " +
         std::to_string(result.epochs) + " epochs, Adam, batches of 128.</p>\n" +
         html_figure(options.out / "task3_comprehensive_analysis",
                     "How much can be masked? Upper left: measured here. Upper right: the same curve from "
                     "the assignment's table.") +
         html_table("The assignment's 22 rows. Mean squared errors over all " +
                        with_commas(digits.test.dim(0)) + " test images with " +
                        std::to_string(result.draws) +
                        " draw(s) of masks each. Labels: good below 0.02, acceptable below 0.04, else poor.",
                    {"mask, pixels", "masked %", "whole image", "in the hole", "ring around it",
                     "known pixels kept", "leave black", "mean fill", "Gaussian fill", "label",
                     "assignment, whole image", "its label", "label its value earns"},
                    rows) +
         "<p>" +
         flagged("With the known pixels kept, the network loses to the Gaussian fill on " +
                 std::to_string(rows_lost(result.table, result.gaussian)) + ", to the mean fill on " +
                 std::to_string(rows_lost(result.table, result.mean)) + " and to black holes on " +
                 std::to_string(rows_lost(result.table, result.black)) + " of the " +
                 std::to_string(rows.size()) + " rows.") +
         " None of the three is trained by steps: one solves a system of equations, one is an average, one "
         "does "
         "nothing. Marked in the table: rows that the network loses.</p>\n<p>On " +
         std::to_string(better) + " of the " + std::to_string(rows.size()) +
         " rows the error over the whole image is below the assignment's" +
         (digits.dataset == "MNIST"
              ? ""
              : ", whose values are for MNIST, not for " + escape_html(digits.dataset)) +
         ". " + std::to_string(wrong_labels) +
         " of its labels do not follow from its own thresholds. "
         "Two numbers help to read the table: answering with the mean training image, whatever the input, "
         "has an error of " +
         fixed(digits.mean_test_mse, 4) +
         "; and the network's copy of an <em>undamaged</em> image has an error of " +
         fixed(result.clean_mse, 4) +
         ", so where little is masked most of the error lies on pixels that were never lost. "
         "The column &ldquo;known pixels kept&rdquo; puts these back; the ring are the known pixels at "
         "most " +
         std::to_string(ring_width) + " away from the hole, as the network redrew them.</p>\n";
}

// What the full experiment found, where it was run: here, or by those who published its results.
std::string claims(const RunOptions& options) {
  std::filesystem::path path = options.out / "claims.csv";
  std::string source = "as judged in this folder by <code>mend claims</code>";
  if (!std::filesystem::exists(path)) {
    path = "docs/results/claims.csv";
    source = "as judged on MNIST by <code>./do experiment</code>, which repeats it";
  }
  if (!std::filesystem::exists(path)) return "";
  return "<h2>What the assignment says, and whether it is so</h2>\n<p>Its statements, " + source +
         ". Each has a criterion that was fixed before.</p>\n" + claims_html(claims_from_csv(load_csv(path)));
}

std::string parameters(const EmbeddingResult& embedding, const RestorationResult& restoration) {
  return "<h2>The networks, counted</h2>\n" +
         html_table("Numbers that the networks learn", {"", "counted here", "stated by the assignment"},
                    {{"Task 2, 784-2-784", with_commas(embedding.parameters), "~1.2M"},
                     {"Task 3, 784-256-256-128-784", with_commas(restoration.parameters), "~530K"}}) +
         "<pre>" + escape_html(embedding.summary) + "\n" + escape_html(restoration.summary) + "</pre>\n";
}

std::string files(const EmbeddingResult& embedding, const RestorationResult& restoration,
                  const RunOptions& options) {
  return "<h2>What lies beside this page</h2>\n<p>Every figure as <code>.svg</code> and <code>.png</code> "
         "with its script "
         "<code>.gp</code> (<code>gnuplot task2_embeddings.gp</code> draws it again) and its numbers as "
         "<code>.csv</code>; "
         "<code>task3_table.csv</code> with all digits; the loss of every epoch in "
         "<code>task2_history.csv</code> and "
         "<code>task3_history.csv</code>; and the trained networks with all that is needed to train on, "
         "<code>task2_autoencoder.safetensors</code> and "
         "<code>task3_restorer.safetensors</code>.</p>\n<p>Seed " +
         std::to_string(options.seed) + ", " + std::to_string(threads()) + " thread(s); trained in " +
         fixed(embedding.seconds, 1) + " s (Task 2) and " + fixed(restoration.seconds, 1) +
         " s (Task 3).</p>\n";
}

}  // namespace

void write_report(const Digits& digits, const EmbeddingResult& embedding,
                  const RestorationResult& restoration, const RunOptions& options) {
  const std::string body =
      "<h1>Broken and mended</h1>\n<p class=\"lead\">" + escape_html(caption(digits, options)) + ".</p>\n" +
      html_figure(
          options.out / "task3_restorations",
          "From top to bottom: the original, what the network sees, what it answers, and where it errs; "
          "what the Gaussian fill, which is computed, makes of the same picture, and where it errs. "
          "v, h and p: a vertical stripe, a horizontal stripe, a patch of so many pixels.") +
      task1(digits) + task2(digits, embedding, options) + task3(digits, restoration, options) +
      claims(options) + parameters(embedding, restoration) + files(embedding, restoration, options);
  write_file(options.out / "report.html", html_page("mend: broken and mended", body));
}

}  // namespace mend::cli
