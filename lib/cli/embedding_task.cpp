#include "cli/embedding_task.hpp"

#include <iostream>

#include "cli/lost_units.hpp"
#include "cli/text.hpp"
#include "mend/baselines/pca.hpp"
#include "mend/figures/chart.hpp"
#include "mend/figures/image_grid.hpp"
#include "mend/layers/summary.hpp"
#include "mend/losses/mse.hpp"
#include "mend/metrics/separation.hpp"
#include "mend/models/assignment.hpp"
#include "mend/optimizers/adam.hpp"
#include "mend/tensor/ops.hpp"
#include "mend/training/checkpoint.hpp"
#include "mend/training/fit.hpp"

namespace mend::cli {
namespace {

// One series a class: the first two columns of the codes (N, 2).
std::vector<Series> by_class(const Tensor<float>& codes, const Digits& digits) {
  std::vector<Series> series;
  for (std::size_t c = 0; c < assignment_classes.size(); ++c) {
    Series points;
    points.name = digits.names[c];
    points.mark = Mark::points;
    for (std::size_t n = 0; n < codes.dim(0); ++n) {
      if (digits.test_images.labels[n] != assignment_classes[c]) continue;
      points.x.push_back(codes(n, 0));
      points.y.push_back(codes(n, 1));
    }
    series.push_back(std::move(points));
  }
  return series;
}

void draw_map(const Tensor<float>& codes, const Tensor<float>& pca_codes, const Digits& digits,
              const EmbeddingResult& result, const RunOptions& options) {
  Chart ours, pca;
  ours.title = "Autoencoder 784-2-784, test MSE " + fixed(result.test_mse, 4);
  ours.x_label = "first hidden unit";
  ours.y_label = "second hidden unit";
  ours.series = by_class(codes, digits);
  pca.title = "Two principal components, test MSE " + fixed(result.pca_test_mse, 4);
  pca.x_label = "first component";
  pca.y_label = "second component";
  pca.series = by_class(pca_codes, digits);
  save_chart(
      options.out / "task2_embeddings", {ours, pca},
      "Two maps of the test images of " + digits.dataset +
          ", one point an image: the autoencoder's two hidden units, and the first two principal components. "
          "The nearest class mean names the class of " +
          fixed(100 * result.accuracy, 1) + " % of the images on the first map and " +
          fixed(100 * result.pca_accuracy, 1) + " % on the second.",
      caption(digits, options));
}

void draw_reconstructions(const Tensor<float>& reconstructed, const Pca& pca, const Digits& digits,
                          const EmbeddingResult& result, const RunOptions& options) {
  const std::vector<std::size_t> shown = first_of_each_class(digits.test_images, 5);
  const Tensor<float> original = gather_rows(digits.test, shown), ours = gather_rows(reconstructed, shown);
  save_image_grid(
      options.out / "task2_reconstructions",
      {{"original", original},
       {"autoencoder", ours},
       {"error", ours - original, true},
       {"PCA, 2 components", pca.decode(pca.encode(original))}},
      {},
      "Ten test images of " + digits.dataset +
          " above what two numbers keep of them, by the autoencoder and by two principal components: blurred "
          "prototypes, test MSE " +
          fixed(result.test_mse, 4) + " and " + fixed(result.pca_test_mse, 4) +
          ". Errors: orange too bright, blue too dark.",
      caption(digits, options));
}

}  // namespace

EmbeddingResult embedding_task(const Digits& digits, const RunOptions& options) {
  Random init(options.seed, "task2 init"), shuffle(options.seed, "task2 shuffle");
  Sequential<float> net = embedding_autoencoder(init);
  Adam<float> adam(net.parameters(), 1e-3);
  FitOptions fit_options;
  fit_options.epochs = options.quick ? 10 : 100;
  fit_options.quiet = options.quiet;

  EmbeddingResult result;
  result.epochs = fit_options.epochs;
  result.parameters = count_parameters(net);
  result.summary = summary(net, {128, 784});
  std::cout << "\nTask 2: an autoencoder with 2 hidden units\n" << result.summary << std::flush;
  const Stopwatch watch;
  const History history = fit(net, adam, digits.train_images.pixels, shuffle, fit_options);
  result.seconds = watch.seconds();
  save_history(options.out / "task2_history.csv", history);
  save_checkpoint(options.out / "task2_autoencoder.safetensors",
                  {net, &adam, {{"shuffle", &shuffle}}, history, preprocessing(digits)});

  const Pca pca(digits.train, 2);
  const Tensor<float> reconstructed = net.predict(digits.test);
  result.test_mse = mse(reconstructed, digits.test).value;
  result.train_mse = mse(net.predict(digits.train), digits.train).value;
  result.pca_test_mse = mse(pca.decode(pca.encode(digits.test)), digits.test).value;
  result.pca_train_mse = mse(pca.decode(pca.encode(digits.train)), digits.train).value;
  const auto encode = [&net](const Tensor<float>& images) { return net[1].predict(net[0].predict(images)); };
  const Tensor<float> codes = encode(digits.test), pca_codes = pca.encode(digits.test);
  result.accuracy = nearest_mean_accuracy(encode(digits.train), digits.train_images.labels, codes,
                                          digits.test_images.labels);
  result.pca_accuracy = nearest_mean_accuracy(pca.encode(digits.train), digits.train_images.labels, pca_codes,
                                              digits.test_images.labels);
  std::cout << "test MSE " << fixed(result.test_mse, 4) << " (2 principal components "
            << fixed(result.pca_test_mse, 4) << ", the mean image " << fixed(digits.mean_test_mse, 4)
            << ") after " << fixed(result.seconds, 1) << " s\n"
            << lost_units(net, digits.test);

  draw_map(codes, pca_codes, digits, result, options);
  draw_reconstructions(reconstructed, pca, digits, result, options);
  return result;
}

}  // namespace mend::cli
