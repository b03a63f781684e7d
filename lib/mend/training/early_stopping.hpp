#pragma once

#include <cstddef>
#include <limits>
#include <vector>

#include "mend/layers/layer.hpp"
#include "mend/training/history.hpp"

namespace mend {

/// Watches the validation loss, says when it has not fallen for too long, and keeps the best weights
/// (Prechelt 1998, "Early Stopping - But When?").
///
/// Only a lower loss is better: equal is not, nor is NaN.
class EarlyStopping {
 public:
  /// \param net  whose weights to keep; must outlive this  \param patience  how many epochs without a better
  ///   loss are borne; 0 for any number, and then no weights are kept
  /// \param history  earlier epochs: they count, but of their weights only those of the last are there to be
  ///   kept
  EarlyStopping(Layer<float>& net, std::size_t patience, const History& history = {});

  /// Takes an epoch in, with the network as the epoch left it.
  void observe(const EpochRecord& record);
  /// Whether patience is at its end.
  bool is_due() const { return patience_ > 0 && waited_ >= patience_; }
  /// Gives the network the weights with the lowest validation loss; changes nothing when no loss was
  /// observed.
  void restore_best();

 private:
  void count(double validation_loss);
  void keep(double validation_loss);

  Layer<float>& net_;
  std::size_t patience_, waited_ = 0;
  double best_ = std::numeric_limits<double>::infinity();       // over all epochs: decides when to stop
  double best_kept_ = std::numeric_limits<double>::infinity();  // of those whose weights are known
  std::vector<Tensor<float>> weights_;                          // that had it
};

}  // namespace mend
