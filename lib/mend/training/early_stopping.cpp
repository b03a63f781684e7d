#include "mend/training/early_stopping.hpp"

namespace mend {

EarlyStopping::EarlyStopping(Layer<float>& net, std::size_t patience, const History& history)
    : net_(net), patience_(patience) {
  for (const EpochRecord& record : history) count(record.validation_loss);
  if (!history.empty()) keep(history.back().validation_loss);
}

void EarlyStopping::observe(const EpochRecord& record) {
  count(record.validation_loss);
  keep(record.validation_loss);
}

void EarlyStopping::count(double validation_loss) {
  const bool better = validation_loss < best_;
  if (better) best_ = validation_loss;
  waited_ = better ? 0 : waited_ + 1;
}

void EarlyStopping::keep(double validation_loss) {
  if (patience_ == 0 || !(validation_loss < best_kept_)) return;
  best_kept_ = validation_loss;
  weights_.clear();
  for (const Parameter<float>* p : net_.parameters()) weights_.push_back(p->value);
}

void EarlyStopping::restore_best() {
  if (weights_.empty()) return;
  const std::vector<Parameter<float>*> parameters = net_.parameters();
  for (std::size_t i = 0; i < parameters.size(); ++i) parameters[i]->value = weights_[i];
}

}  // namespace mend
