#include <cmath>

#include "mend/optimizers/adam.hpp"
#include "mend/tensor/ops.hpp"
#include "optimizers/optimizer_bench.hpp"

using namespace bench;

// Adam as its paper writes it, a line a formula, each a pass over memory with a result of its own; and in one pass.
namespace {

class LineByLine {
 public:
  explicit LineByLine(std::vector<mend::Parameter<float>*> all) : parameters_(std::move(all)) {
    for (const auto* p : parameters_) {
      m_.emplace_back(p->value.shape());
      v_.emplace_back(p->value.shape());
    }
  }
  void step() {
    ++t_;
    for (std::size_t i = 0; i < parameters_.size(); ++i) {
      const Tensor& g = parameters_[i]->grad;
      m_[i] = m_[i] * 0.9f + g * 0.1f;
      v_[i] = v_[i] * 0.999f + mend::multiply(g, g) * 0.001f;
      const Tensor m = m_[i] * (1 / (1 - std::pow(0.9f, t_))), v = v_[i] * (1 / (1 - std::pow(0.999f, t_)));
      const Tensor root = mend::map(v, [](float x) { return 1 / (std::sqrt(x) + 1e-7f); });
      parameters_[i]->value -= mend::multiply(m, root) * 1e-3f;
    }
  }

 private:
  std::vector<mend::Parameter<float>*> parameters_;
  std::vector<Tensor> m_, v_;
  float t_ = 0;
};

const Work work = parameters * each(1, 13, 7);  // of the one pass: the same result for both

const bool before = add("steps/adam/before", work, [] {
  auto net = network_with_gradients();
  return [net, adam = std::make_shared<LineByLine>(net->parameters())] { adam->step(); };
});
const bool after = add("steps/adam/after", work, [] {
  auto net = network_with_gradients();
  return [net, adam = std::make_shared<mend::Adam<float>>(net->parameters())] { adam->step(); };
});

}  // namespace
