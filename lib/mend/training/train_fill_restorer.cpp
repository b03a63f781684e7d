#include "mend/training/train_fill_restorer.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "mend/losses/clipped_mse.hpp"
#include "mend/optimizers/adamw.hpp"
#include "mend/tensor/ops.hpp"
#include "mend/training/fit.hpp"

namespace mend {
namespace {

void require_together(const char* what, const Tensor<float>& images, const FilledImages& holes) {
  require_same_shape(what, images, holes.filled);
  if (holes.mask_of.size() != images.dim(0))
    throw ShapeError(std::string(what) + ": " + std::to_string(holes.mask_of.size()) +
                     " numbers of masks for images " + to_string(images.shape()));
}

// Some images with their holes, as the loss needs them.
struct Selection {
  Tensor<float> target, filled, scale;  // each (B, D)

  Selection() = default;
  Selection(const Tensor<float>& images, const FilledImages& holes, const std::vector<std::size_t>& which)
      : target(gather_rows(images, which)),
        filled(gather_rows(holes.filled, which)),
        scale(holes.scale(which)) {}

  // The loss of y = m + s f with respect to f: df = s dy.
  Loss<float> loss(const Tensor<float>& f) const {
    const std::size_t width = scale.dim(1);
    Tensor<float> y = filled, weight(scale.shape());
    for (std::size_t n = 0; n < scale.dim(0); ++n) {
      const float* s = scale.data() + n * width;
      const double expected = std::inner_product(s, s + width, s, 0.0);
      const float root = expected > 0 ? static_cast<float>(1 / std::sqrt(expected)) : 0;
      for (std::size_t i = n * width, d = 0; d < width; ++i, ++d) {
        y[i] += s[d] * f[i];
        weight[i] = s[d] != 0 ? root : 0;
      }
    }
    Loss<float> result = clipped_mse(y, target, weight);
    result.gradient = multiply(std::move(result.gradient), scale);
    return result;
  }
};

}  // namespace

double correction_loss(const GaussianFill& fill, const Tensor<float>& images, const FilledImages& holes,
                       const Layer<float>* net) {
  require_together("correction_loss", images, holes);
  double total = 0;
  for (std::size_t first = 0; first < images.dim(0); first += 500) {
    std::vector<std::size_t> which(std::min<std::size_t>(500, images.dim(0) - first));
    std::iota(which.begin(), which.end(), first);
    const Selection part(images, holes, which);
    const Tensor<float> f = net ? net->predict(correction_input(fill, part.filled, part.scale))
                                : Tensor<float>(part.scale.shape());
    total += static_cast<double>(part.loss(f).value) * static_cast<double>(which.size());
  }
  return total / static_cast<double>(images.dim(0));
}

TrainedFillRestorer train_fill_restorer(std::shared_ptr<const GaussianFill> fill, const Tensor<float>& images,
                                        const std::vector<FilledImages>& epochs,
                                        const FillRestorerOptions& options) {
  if (!fill || epochs.empty() || options.epochs == 0)
    throw Error("train_fill_restorer: expected a fill and at least 1 epoch of filled images to train for");
  for (const FilledImages& epoch : epochs) require_together("train_fill_restorer", images, epoch);
  if ((options.validation == nullptr) != (options.validation_filled == nullptr))
    throw Error("train_fill_restorer: expected validation images with and without holes, found one of them");
  Random init(options.seed, "init"), shuffle(options.seed, "shuffle");
  const auto net = std::make_shared<Sequential<float>>(
      correction_network(images.dim(1), options.width, options.hidden_layers, init));
  AdamW<float> optimizer(net->parameters(), options.learning_rate, options.weight_decay);

  // fit deals in rows of data: ours are the numbers of the images.
  Tensor<float> numbers({images.dim(0), 1});
  std::iota(numbers.begin(), numbers.end(), 0.0f);
  Selection batch_of_now;
  std::size_t epoch = 0;
  FitOptions how;
  how.epochs = options.epochs;
  how.batch_size = options.batch_size;
  how.schedule = cosine_schedule(options.epochs);
  how.quiet = options.quiet;
  how.make_batch = [&](Tensor<float> rows) {
    const std::vector<std::size_t> which(rows.begin(), rows.end());
    batch_of_now = Selection(images, epochs[epoch % epochs.size()], which);
    Batch batch;
    batch.input = correction_input(*fill, batch_of_now.filled, batch_of_now.scale);
    return batch;
  };
  how.loss = [&](const Tensor<float>& f, const Batch&) { return batch_of_now.loss(f); };
  how.after_epoch = [&](const EpochRecord&) { ++epoch; };
  if (options.validation)
    how.validate = [&] {
      return correction_loss(*fill, *options.validation, *options.validation_filled, net.get());
    };
  History history = fit(*net, optimizer, numbers, shuffle, how);
  return {FillRestorer(std::move(fill), net), std::move(history)};
}

}  // namespace mend
