// tiny-dnn: an image is a vector, a batch is a loop over images. On one thread: more make these networks slower, for it
// starts its threads anew for each loop.
#include <tiny_dnn/tiny_dnn.h>

#include <algorithm>
#include <cmath>

#include "peers/peer.hpp"

namespace {

using peers::Task;
using peers::Tensor;
using tiny_dnn::activation::identity;
using tiny_dnn::activation::relu;
using tiny_dnn::activation::sigmoid;
template <class Activation>
using Dense = tiny_dnn::fully_connected_layer<Activation>;

// tiny_dnn::adam counts a step for each array of weights instead of one for all, and forgets everything at each call of
// fit. This one computes what the others do, in tiny-dnn's own loop.
class Adam : public tiny_dnn::stateful_optimizer<2> {
 public:
  void begin_step() {
    decay1_ *= peers::beta1;
    decay2_ *= peers::beta2;
  }
  void reset() override {}
  void update(const tiny_dnn::vec_t& dw, tiny_dnn::vec_t& w, bool parallelize) override {
    constexpr auto b1 = static_cast<float>(peers::beta1), b2 = static_cast<float>(peers::beta2);
    constexpr auto epsilon = static_cast<float>(peers::epsilon);
    const float rate = static_cast<float>(peers::learning_rate / (1 - decay1_));
    const float unbias = static_cast<float>(1 / std::sqrt(1 - decay2_));
    tiny_dnn::vec_t &m = get<0>(w), &v = get<1>(w);
    tiny_dnn::for_i(parallelize, static_cast<int>(w.size()), [&](int signed_i) {
      const auto i = static_cast<std::size_t>(signed_i);
      m[i] = b1 * m[i] + (1 - b1) * dw[i];
      v[i] = b2 * v[i] + (1 - b2) * dw[i] * dw[i];
      w[i] -= rate * m[i] / (std::sqrt(v[i]) * unbias + epsilon);
    });
  }

 private:
  double decay1_ = 1, decay2_ = 1;
};

std::vector<tiny_dnn::vec_t> rows_of(const Tensor<float>& x) {
  std::vector<tiny_dnn::vec_t> rows;
  const std::size_t width = x.dim(1);
  for (std::size_t n = 0; n < x.dim(0); ++n)
    rows.emplace_back(x.data() + n * width, x.data() + (n + 1) * width);
  return rows;
}

class TinyNetwork : public peers::SteppedNetwork {
 public:
  TinyNetwork(Task task, const std::vector<mend::Parameter<float>*>& weights) {
    if (task == Task::restorer)
      net_ << Dense<relu>(784, 256) << Dense<relu>(256, 256) << Dense<relu>(256, 128)
           << Dense<sigmoid>(128, 784);
    else
      net_ << Dense<sigmoid>(784, 2) << Dense<identity>(2, 784);
    net_.init_weight();
    for (std::size_t i = 0; i < weights.size(); ++i) {  // W (in, out), then b
      const Tensor<float>& from = weights[i]->value;
      std::copy(from.begin(), from.end(), net_[i / 2]->weights()[i % 2]->begin());
    }
  }

  void hold(const Tensor<float>& images) override {
    images_.clear();
    for (tiny_dnn::vec_t& row : rows_of(images)) images_.push_back({std::move(row)});
  }
  void restore() override { result_ = net_.predict(images_); }
  Tensor<float> restored() const override {
    Tensor<float> y({result_.size(), 784});
    for (std::size_t n = 0; n < result_.size(); ++n)
      std::copy_n(result_[n][0].begin(), 784, y.data() + n * 784);
    return y;
  }

 protected:
  void step(Tensor<float>& input, Tensor<float>& target) override {
    adam_.begin_step();
    net_.fit<tiny_dnn::mse>(adam_, rows_of(input), rows_of(target), input.dim(0), 1);
  }

 private:
  tiny_dnn::network<tiny_dnn::sequential> net_;
  Adam adam_;
  std::vector<tiny_dnn::tensor_t> images_, result_;
};

}  // namespace

int main(int argc, char** argv) {
  const auto make = [](Task task, const auto& weights) {
    return std::make_unique<TinyNetwork>(task, weights);
  };
  return peers::run_jobs(argc, argv,
                         {[](std::size_t) {}, make, [] { return std::string("its own loops, AVX"); }});
}
