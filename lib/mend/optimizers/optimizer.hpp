#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "mend/layers/layer.hpp"

namespace mend {

/// Changes parameters against their gradients. One step sees all parameters and counts once.
/// \tparam T  float or double.
template <class T>
class Optimizer {
 public:
  virtual ~Optimizer() = default;

  /// "Adam(beta1=0.9, beta2=0.999, epsilon=1e-07)"; without the learning rate, which a schedule changes.
  virtual std::string describe() const = 0;
  /// One step with learning_rate() along the gradients as they are; counts it.
  /// \throws ShapeError when a value and its gradient have come to differ in shape
  void step();
  /// step(), and all gradients are zero after it: in the same pass over memory, while they are in the cache.
  void step_and_zero_grad();
  /// Sets all gradients to zero.
  void zero_grad() { mend::zero_grad(parameters_); }

  double learning_rate() const { return learning_rate_; }  ///< The step size, at least 0.
  /// For schedules, which may go down to 0: then weights stay, but what is remembered of gradients goes on.
  /// \throws Error unless rate is finite and at least 0
  void set_learning_rate(double rate);
  std::uint64_t steps() const { return steps_; }           ///< How many steps were taken.
  void set_steps(std::uint64_t steps) { steps_ = steps; }  ///< For checkpoints.
  const std::vector<Parameter<T>*>& parameters() const { return parameters_; }  ///< In the network's order.

  /// What it remembers of each parameter, named "m.0.weight" and the like; checkpoints read and write it.
  std::vector<std::pair<std::string, Tensor<T>*>> state();

 protected:
  /// \param parameters  not null; must outlive the optimizer  \param learning_rate  the first, above 0
  /// \throws Error when one is out of its range
  Optimizer(std::vector<Parameter<T>*> parameters, double learning_rate);
  /// The rule; steps() already counts this step.
  virtual void update() = 0;
  /// For update(): calls rule(k, first, last) for numbers `first` to `last - 1` of parameter k, until each number of
  /// each parameter had its turn; several at the same time.
  template <class Rule>
  void for_each_range(const Rule& rule) {
    // 4096 numbers, with their gradients and what is remembered of them, fit the second-level cache.
    constexpr std::size_t range = 4096;
    for (std::size_t k = 0; k < parameters_.size(); ++k) {
      Tensor<T>& grad = parameters_[k]->grad;
      const std::size_t size = grad.size();
      parallel_ranges((size + range - 1) / range, 2, [&](std::size_t first_range, std::size_t last_range) {
        for (std::size_t i = first_range; i < last_range; ++i) {
          const std::size_t first = i * range, last = std::min(size, first + range);
          rule(k, first, last);
          if (zero_grad_too_) std::fill(grad.data() + first, grad.data() + last, T(0));
        }
      });
    }
    zero_grad_too_ = false;
  }
  /// A tensor of zeros for each parameter, kept in checkpoints as `name`.
  std::vector<Tensor<T>>& remember(const std::string& name);

 private:
  void take_step(bool zero_grad_too);

  std::vector<Parameter<T>*> parameters_;
  double learning_rate_;
  std::uint64_t steps_ = 0;
  bool zero_grad_too_ = false;  // asked by step_and_zero_grad, and not yet done by for_each_range
  std::vector<std::pair<std::string, std::unique_ptr<std::vector<Tensor<T>>>>> memory_;
};

}  // namespace mend
