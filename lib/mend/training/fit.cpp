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

// One batch: forward, backward, one step. Returns the loss before the step.
double train_batch(Layer<float>& net, Optimizer<float>& optimizer, Tensor<float> rows,
                   const FitOptions& options) {
  Batch batch = options.make_batch(std::move(rows));
  const Tensor<float> y = net.forward(std::move(batch.input));
  Loss<float> loss = options.loss(y, batch);
  if (!std::isfinite(loss.value)) return loss.value;  // too late for a step
  net.backward_to_parameters(std::move(loss.gradient));
  if (std::isfinite(options.clip_norm)) clip_by_norm(optimizer.parameters(), options.clip_norm);
  optimizer.step_and_zero_grad();
  return loss.value;
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
    const double loss = train_batch(net, optimizer, draw(rows, batches[i]), options);
    if (!std::isfinite(loss))
      throw Error("fit: the loss is " + std::to_string(loss) + " in epoch " + std::to_string(epoch) +
                  ", batch " + std::to_string(i + 1) + " of " + std::to_string(batches.size()) +
                  "; lower the learning rate, or clip the norm of the gradient");
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
