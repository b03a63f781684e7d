#pragma once

#include <utility>
#include <vector>

#include "mend/layers/layer.hpp"

// Internal to the checks: a random layer that is not.
namespace mend {

/// Runs a layer with its random streams where they were when this was made.
template <class T>
class Frozen {
 public:
  explicit Frozen(Layer<T>& layer) : layer_(layer) {
    for (const Random* stream : layer.random_streams()) states_.push_back(*stream);
  }
  /// forward, with the same random numbers each time.
  Tensor<T> forward(Tensor<T> x) {
    const std::vector<Random*> streams = layer_.random_streams();
    for (std::size_t i = 0; i < streams.size(); ++i) *streams[i] = states_[i];
    return layer_.forward(std::move(x));
  }
  Layer<T>& layer() { return layer_; }
  bool is_random() const { return !states_.empty(); }

 private:
  Layer<T>& layer_;
  std::vector<Random> states_;
};

}  // namespace mend
