// PyTorch's C++ library, libtorch, as its documentation teaches it.
#include <torch/torch.h>

#include <algorithm>

#include "mend/tensor/ops.hpp"
#include "peers/peer.hpp"

namespace {

using peers::Task;
using peers::Tensor;

// The same memory as torch's tensor: nothing is copied.
torch::Tensor view(Tensor<float>& x) {
  return torch::from_blob(x.data(), {static_cast<long>(x.dim(0)), static_cast<long>(x.dim(1))});
}

class TorchNetwork : public peers::SteppedNetwork {
 public:
  TorchNetwork(Task task, const std::vector<mend::Parameter<float>*>& weights) {
    const std::size_t layers = weights.size() / 2;
    for (std::size_t i = 0; i < layers; ++i) {
      net_->push_back(linear(weights[2 * i]->value, weights[2 * i + 1]->value));
      const bool last = i + 1 == layers;
      if (task == Task::restorer && !last) net_->push_back(torch::nn::ReLU());
      if ((task == Task::restorer) == last) net_->push_back(torch::nn::Sigmoid());
    }
    adam_ = std::make_unique<torch::optim::Adam>(net_->parameters(),
                                                 torch::optim::AdamOptions(peers::learning_rate)
                                                     .betas({peers::beta1, peers::beta2})
                                                     .eps(peers::epsilon));
  }

  void hold(const Tensor<float>& images) override {
    images_ = images;
    held_ = view(images_);
  }
  void restore() override {
    const c10::InferenceMode no_gradients;
    result_ = net_->forward(held_);
  }
  Tensor<float> restored() const override {
    Tensor<float> y({static_cast<std::size_t>(result_.size(0)), static_cast<std::size_t>(result_.size(1))});
    std::copy_n(result_.contiguous().data_ptr<float>(), y.size(), y.data());
    return y;
  }

 protected:
  void step(Tensor<float>& input, Tensor<float>& target) override {
    adam_->zero_grad();
    torch::mse_loss(net_->forward(view(input)), view(target)).backward();
    adam_->step();
  }

 private:
  // Its weights are (out, in).
  static torch::nn::Linear linear(const Tensor<float>& weight, const Tensor<float>& bias) {
    torch::nn::Linear layer(static_cast<long>(weight.dim(0)), static_cast<long>(weight.dim(1)));
    const torch::NoGradGuard no_gradients;
    std::copy(bias.begin(), bias.end(), layer->bias.data_ptr<float>());
    const Tensor<float> transposed = mend::transpose(weight);
    std::copy(transposed.begin(), transposed.end(), layer->weight.data_ptr<float>());
    return layer;
  }

  torch::nn::Sequential net_;
  std::unique_ptr<torch::optim::Adam> adam_;
  Tensor<float> images_;
  torch::Tensor held_, result_;
};

void set_threads(std::size_t threads) {
  at::globalContext().setFlushDenormal(true);
  torch::set_num_threads(static_cast<int>(threads));
  peers::set_blas_threads(threads);
}

}  // namespace

int main(int argc, char** argv) {
  const auto make = [](Task task, const auto& weights) {
    return std::make_unique<TorchNetwork>(task, weights);
  };
  return peers::run_jobs(argc, argv, {set_threads, make, peers::loaded_blas});
}
