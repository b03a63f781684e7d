#pragma once

#include <cstdint>
#include <functional>
#include <limits>

#include "mend/layers/layer.hpp"
#include "mend/losses/loss.hpp"
#include "mend/losses/mse.hpp"
#include "mend/masks/mask.hpp"
#include "mend/optimizers/optimizer.hpp"
#include "mend/optimizers/schedule.hpp"
#include "mend/training/history.hpp"

namespace mend {

/// A batch as the network meets it.
struct Batch {
  Tensor<float>
      input;  ///< (N, ...): what the network sees. Moved into the network: empty when the loss is asked.
  Tensor<float> target;  ///< (N, ...): what it should say.
  Tensor<float> hole;    ///< (N, ...): 1 where input hides target, for hole losses; may be empty.
};

/// Makes a batch out of rows of the data: damages them, or pairs them with something else.
using MakeBatch = std::function<Batch(Tensor<float> rows)>;
/// The loss of a batch.
using BatchLoss = std::function<Loss<float>(const Tensor<float>& y, const Batch& batch)>;

/// Input and target are both the rows: an autoencoder.
Batch same_batch(Tensor<float> rows);
/// Input is the rows with their holes black, target the rows: a restorer. \param draw  masks for so many images, called
/// anew for each batch
MakeBatch masked_batches(std::function<Mask(std::size_t images)> draw);

/// How to train; the defaults are the assignment's.
struct FitOptions {
  std::size_t epochs = 50;            ///< Up to which epoch, counted from 1.
  std::size_t batch_size = 128;       ///< Rows per step.
  MakeBatch make_batch = same_batch;  ///< Called anew for each batch.
  BatchLoss loss = [](const Tensor<float>& y, const Batch& batch) {
    return mse(y, batch.target);
  };                                        ///< What falls.
  Schedule schedule = constant_schedule();  ///< Factor of the learning rate, by epoch.
  double clip_norm =
      std::numeric_limits<double>::infinity();  ///< Longest gradient allowed over all parameters.
  std::function<double()> validate;  ///< The loss on held-out data after each epoch; none when empty.
  std::size_t patience = 0;  ///< Stop after this many epochs without a better validation loss; 0 for never.
  bool quiet = false;        ///< No progress bar; there is none anyway where standard error is no terminal.
  std::function<void(const EpochRecord&)> after_epoch;  ///< For checkpoints and pictures; may be empty.
  std::function<bool()> stop;  ///< Asked before each batch: true ends the training there. Never when empty.
};

/// Trains: for each epoch, shuffles the rows, and for each batch goes forward, backward and one step.
///
/// Flushes denormals while it runs, and leaves the optimizer with the learning rate that it came with.
///
/// Picks up where `history` ends: with net, optimizer and streams as a checkpoint restores them, the result
/// has the same bytes as that of a training that was never interrupted.
///
/// When `stop` ends it within an epoch, that epoch is in no history, but its batches so far are in the weights, the
/// optimizer and the streams: to go on to the same bytes, read again what after_epoch saved.
///
/// With patience it stops early (Prechelt 1998) and gives the network the best weights that this call saw:
/// those of the epoch with the lowest validation loss, the one just before the call included; the optimizer
/// keeps its memory of the last epoch. Without patience the weights are those of the last epoch.
/// \param net  the network  \param optimizer  over the network's parameters  \param rows  (N, ...): the data
/// \param shuffle  the stream that orders the rows  \param options  how
/// \param history  earlier epochs of the same training, empty for a new one
/// \return all epochs that are over, the earlier ones included
/// \throws Error when there is nothing to learn from or nothing that learns, when an option is out of its
///   range, and when the loss, a gradient or the weights are no longer finite: it then names epoch, batch, and
///   the first layer whose output or gradient is not (see first_non_finite); the step is not
///   taken. Of gradients it looks at those of biases, and at all where they are clipped
History fit(Layer<float>& net, Optimizer<float>& optimizer, const Tensor<float>& rows, Random& shuffle,
            const FitOptions& options, History history = {});
/// The same for images that stay bytes, a quarter of the memory, until a batch is drawn: the same bits as
/// with to_rows. `pixels` is (N, H, W) or (N, D), 0 black to 255 white
History fit(Layer<float>& net, Optimizer<float>& optimizer, const Tensor<std::uint8_t>& pixels,
            Random& shuffle, const FitOptions& options, History history = {});

}  // namespace mend
