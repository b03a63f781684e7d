#include "mend/training/fit.hpp"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <optional>

#include "mend/data/batches.hpp"
#include "mend/optimizers/clip.hpp"
#include "mend/tensor/floating_point.hpp"
#include "mend/tensor/ops.hpp"
#include "mend/training/early_stopping.hpp"
#include "mend/training/non_finite.hpp"
#include "mend/training/progress.hpp"

namespace mend {
namespace {

void check_arguments(Layer<float>& net, const Optimizer<float>& optimizer, const Shape& rows,
                     const FitOptions& options) {
  const auto require = [](bool condition, const std::string& complaint) {
    if (!condition) throw Error("fit: " + complaint);
  };
  require(rows.rank() > 0 && rows.size() > 0,
          "expected rows to learn from, found a tensor of shape " + to_string(rows));
  require(options.batch_size > 0, "expected a batch size of at least 1, found 0");
  require(options.clip_norm > 0, "expected a clip norm above 0, found " + std::to_string(options.clip_norm));
  require(options.make_batch && options.loss && options.schedule,
          "make_batch, loss and schedule must be functions; leave them alone for the defaults");
  require(options.patience == 0 || options.validate, "patience needs validate: what is to get better?");
  require(!optimizer.parameters().empty(), "the optimizer has no parameters; give it net.parameters()");
  const std::vector<Parameter<float>*> known = net.parameters();
  for (const Parameter<float>* p : optimizer.parameters())
    require(std::find(known.begin(), known.end(), p) != known.end(),
            "the optimizer changes something else than this network; give it net.parameters()");
}

// Puts the learning rate back, whichever way fit is left.
class KeepLearningRate {
 public:
  explicit KeepLearningRate(Optimizer<float>& optimizer)
      : optimizer_(optimizer), rate_(optimizer.learning_rate()) {}
  ~KeepLearningRate() { optimizer_.set_learning_rate(rate_); }
  KeepLearningRate(const KeepLearningRate&) = delete;
  KeepLearningRate& operator=(const KeepLearningRate&) = delete;
  double rate() const { return rate_; }

 private:
  Optimizer<float>& optimizer_;
  double rate_;
};

// The gradients of biases, a thousandth of all, stand for the others: each is a sum over the batch of what comes down to
// its layer, and what is not finite stays so in a sum.
bool biases_are_finite(const std::vector<Parameter<float>*>& parameters) {
  return std::all_of(parameters.begin(), parameters.end(),
                     [](const Parameter<float>* p) { return p->grad.rank() != 1 || all_finite(p->grad); });
}

bool weights_are_finite(const Optimizer<float>& optimizer) {
  return std::all_of(optimizer.parameters().begin(), optimizer.parameters().end(),
                     [](const Parameter<float>* p) { return all_finite(p->value); });
}

// What one batch came to: the loss before the step, and whether a step was taken.
struct Step {
  double loss;
  bool taken;
};

// One batch: forward, backward, one step; none where loss or gradient are not finite, so that the weights stay.
Step train_batch(Layer<float>& net, Optimizer<float>& optimizer, Tensor<float> rows,
                 const FitOptions& options) {
  Batch batch = options.make_batch(std::move(rows));
  const Tensor<float> y = net.forward(std::move(batch.input));
  Loss<float> loss = options.loss(y, batch);
  if (!std::isfinite(loss.value)) return {loss.value, false};
  net.backward_to_parameters(std::move(loss.gradient));
  const bool clipped = std::isfinite(options.clip_norm);
  if (clipped && !std::isfinite(clip_by_norm(optimizer.parameters(), options.clip_norm)))
    return {loss.value, false};
  if (!biases_are_finite(optimizer.parameters())) return {loss.value, false};
  optimizer.step_and_zero_grad();
  return {loss.value, true};
}

// Says where in the training, and in which layer. The batch is made anew: holes may lie elsewhere than they did.
[[noreturn]] void fail_at(const std::string& what, const std::string& where, Layer<float>& net,
                          Tensor<float> rows, const FitOptions& options) {
  const std::string first = first_non_finite(net, options.make_batch(std::move(rows)), options.loss);
  throw Error("fit: " + what + " " + where + "; " +
              (first.empty() ? "gone through again, everything is finite"
                             : "the first that is not finite is " + first) +
              "; lower the learning rate, or clip the norm of the gradient");
}

Tensor<float> draw(const Tensor<float>& rows, const std::vector<std::size_t>& index) {
  return gather_rows(rows, index);
}
Tensor<float> draw(const Tensor<std::uint8_t>& pixels, const std::vector<std::size_t>& index) {
  return gather_pixels(pixels, index);
}

// Every row once. Returns the mean loss over the rows; none when it was told to stop on the way.
template <class Element>
std::optional<double> train_epoch(Layer<float>& net, Optimizer<float>& optimizer, const Tensor<Element>& rows,
                                  Random& shuffle, const FitOptions& options, std::size_t epoch,
                                  ProgressBar& progress) {
  const auto batches = shuffled_batches(rows.dim(0), options.batch_size, shuffle);
  double total = 0, count = 0;
  for (std::size_t i = 0; i < batches.size(); ++i) {
    if (options.stop && options.stop()) return std::nullopt;
    const auto fail = [&](const std::string& what) {
      fail_at(what,
              "in epoch " + std::to_string(epoch) + ", batch " + std::to_string(i + 1) + " of " +
                  std::to_string(batches.size()),
              net, draw(rows, batches[i]), options);
    };
    const auto [loss, taken] = train_batch(net, optimizer, draw(rows, batches[i]), options);
    if (!std::isfinite(loss)) fail("the loss is " + std::to_string(loss));
    if (!taken) fail("the gradient is not finite");
    // Weights that overflow show in the next loss; after the last batch there is none.
    if (i + 1 == batches.size() && !weights_are_finite(optimizer))
      fail("the weights are not finite after the step");
    const double size = static_cast<double>(batches[i].size());
    total += loss * size;
    count += size;
    progress.update(epoch, count / static_cast<double>(rows.dim(0)), total / count);
  }
  return total / count;
}

template <class Element>
History fit_rows(Layer<float>& net, Optimizer<float>& optimizer, const Tensor<Element>& rows, Random& shuffle,
                 const FitOptions& options, History history) {
  check_arguments(net, optimizer, rows.shape(), options);
  const FlushDenormals flush;
  const KeepLearningRate base(optimizer);
  EarlyStopping stopping(net, options.patience, history);
  ProgressBar progress(std::cerr, !options.quiet && isatty(STDERR_FILENO) == 1, history.size() + 1,
                       options.epochs);
  optimizer.zero_grad();  // from here on each step leaves them zero
  while (history.size() < options.epochs && !stopping.is_due()) {
    EpochRecord record;
    record.epoch = history.size() + 1;
    record.learning_rate = base.rate() * options.schedule(record.epoch - 1);
    optimizer.set_learning_rate(record.learning_rate);
    const auto loss = train_epoch(net, optimizer, rows, shuffle, options, record.epoch, progress);
    if (!loss) break;
    record.loss = *loss;
    record.validation_loss = options.validate ? options.validate() : std::numeric_limits<double>::quiet_NaN();
    history.push_back(record);
    progress.finish_epoch(record);
    stopping.observe(record);
    if (options.after_epoch) options.after_epoch(record);
  }
  stopping.restore_best();
  return history;
}

}  // namespace

Batch same_batch(Tensor<float> rows) {
  Batch batch;
  batch.target = rows;
  batch.input = std::move(rows);
  return batch;
}

MakeBatch masked_batches(std::function<Mask(std::size_t images)> draw) {
  return [draw = std::move(draw)](Tensor<float> clean) {
    Tensor<float> damaged = damage(clean, draw(clean.dim(0)));
    return Batch{std::move(damaged), std::move(clean), {}};
  };
}

History fit(Layer<float>& net, Optimizer<float>& optimizer, const Tensor<float>& rows, Random& shuffle,
            const FitOptions& options, History history) {
  return fit_rows(net, optimizer, rows, shuffle, options, std::move(history));
}

History fit(Layer<float>& net, Optimizer<float>& optimizer, const Tensor<std::uint8_t>& pixels,
            Random& shuffle, const FitOptions& options, History history) {
  return fit_rows(net, optimizer, pixels, shuffle, options, std::move(history));
}

}  // namespace mend
