#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "mend/layers/layer.hpp"
#include "mend/tensor/random.hpp"
#include "mend/tensor/tensor.hpp"

// The jobs that every program of this folder does, each with another library: train the assignment's two networks and
// restore images. Data, initial weights, order of the rows and masks come from mend for all, and count for all.
namespace peers {

using mend::Tensor;

/// Which of the assignment's networks.
enum class Task {
  embedding,  ///< Task 2: 784 -> 2 sigmoid -> 784 linear, learns to copy.
  restorer    ///< Task 3: 784 -> 256 -> 256 -> 128 relu -> 784 sigmoid, learns to restore.
};

constexpr double learning_rate = 1e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7;  ///< Of everybody's Adam.
constexpr std::size_t batch_size = 128;                                             ///< Of every training.

/// What a training sees: the rows, and the streams that order and damage them.
struct Lessons {
  const Tensor<float>& rows;    ///< (N, 784)
  const Tensor<std::uint8_t>& pixels;  ///< The same as bytes, for a library that reads them so.
  Task task;                    ///< Whether the rows are damaged.
  mend::Random shuffle, masks;  ///< The same for every program.
};

/// A network in some library.
class Network {
 public:
  virtual ~Network() = default;
  /// Trains; calls after_epoch after each epoch.
  virtual void train(Lessons& lessons, std::size_t epochs, const std::function<void()>& after_epoch) = 0;
  /// Keeps images in the library's own form, to restore them. Not timed.
  virtual void hold(const Tensor<float>& images) = 0;
  /// Restores what it holds, in one call. Timed.
  virtual void restore() = 0;
  /// What the last restore() made; empty from a program that computes nothing. Not timed.
  virtual Tensor<float> restored() const = 0;
};

/// A network that is taught step by step: for libraries that leave the loop over the batches to their user.
class SteppedNetwork : public Network {
 public:
  void train(Lessons& lessons, std::size_t epochs, const std::function<void()>& after_epoch) override;

 protected:
  /// One step of Adam on the mean squared error. \param input  (N, 784)  \param target  (N, 784)
  virtual void step(Tensor<float>& input, Tensor<float>& target) = 0;
};

/// A library that takes part.
struct Library {
  /// Lets it use so many threads.
  std::function<void(std::size_t threads)> set_threads;
  /// Makes a network with these weights: W (in, out) and b (out) of each layer in turn.
  std::function<std::unique_ptr<Network>(Task task, const std::vector<mend::Parameter<float>*>& weights)>
      make;
  /// Who multiplies its matrices: "OpenBLAS 0.3.21 pthread, SkylakeX kernels".
  std::function<std::string()> blas;
};

/// Lets each product of OpenBLAS use so many threads: for libraries that leave threads to it. At first it is one.
void set_blas_threads(std::size_t threads);
/// The OpenBLAS that this process has loaded: version, kind of threads, kernels.
std::string loaded_blas();

/// The main function of every program: does the jobs and prints job, step, seconds, loss, blas. --help explains the options.
/// \return the process's exit status
int run_jobs(int argc, char** argv, const Library& library);

}  // namespace peers
