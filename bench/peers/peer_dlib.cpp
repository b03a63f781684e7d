// dlib: a network is a type, and threads are those of OpenBLAS. The steps of dnn_trainer without its second thread, whose hand-over costs time.
#include <dlib/dnn.h>

#include <algorithm>

#include "peers/peer.hpp"

namespace {

using peers::Task;
using peers::Tensor;

using Input = dlib::input<dlib::matrix<float>>;
template <unsigned long units, class Below>
using Dense = dlib::fc<units, Below>;
template <unsigned long units, class Below>
using Hidden = dlib::relu<Dense<units, Below>>;
using Restorer = dlib::sig<Dense<784, Hidden<128, Hidden<256, Hidden<256, Input>>>>>;
using Embedding = Dense<784, dlib::sig<Dense<2, Input>>>;

// Copies W (in, out) and b (out) into one layer, which keeps them in this order in one array.
template <class Layer>
void take(Layer& layer, const Tensor<float>& weight, const Tensor<float>& bias) {
  float* own = layer.layer_details().get_layer_params().host();
  own = std::copy(weight.begin(), weight.end(), own);
  std::copy(bias.begin(), bias.end(), own);
}

void fill(dlib::resizable_tensor& to, const Tensor<float>& from) {
  to.set_size(static_cast<long>(from.dim(0)), 1, 1, static_cast<long>(from.dim(1)));
  std::copy(from.begin(), from.end(), to.host_write_only());
}

template <class Layers>
class DlibNetwork : public peers::SteppedNetwork {
 public:
  DlibNetwork(Task task, const std::vector<mend::Parameter<float>*>& weights)
      : solvers_(Layers::num_computational_layers,
                 dlib::adam(0, static_cast<float>(peers::beta1), static_cast<float>(peers::beta2))) {
    const dlib::matrix<float> any = dlib::zeros_matrix<float>(1, 784);
    net_(any);  // layers get their sizes when they meet an image
    dlib::resizable_tensor once;
    net_.to_tensor(&any, &any + 1, once);
    const auto give = [&](auto& layer, std::size_t i) {
      take(layer, weights[2 * i]->value, weights[2 * i + 1]->value);
    };
    if constexpr (std::is_same_v<Layers, Restorer>) {
      give(dlib::layer<2>(net_), 3);
      give(dlib::layer<4>(net_), 2);
      give(dlib::layer<6>(net_), 1);
      give(dlib::layer<8>(net_), 0);
    } else {
      give(dlib::layer<1>(net_), 1);
      give(dlib::layer<3>(net_), 0);
    }
    (void)task;
  }

  void hold(const Tensor<float>& images) override { fill(held_, images); }
  void restore() override { result_ = &net_.subnet().forward(held_); }
  Tensor<float> restored() const override {
    Tensor<float> y({static_cast<std::size_t>(result_->num_samples()), 784});
    std::copy_n(result_->host(), y.size(), y.data());
    return y;
  }

 protected:
  void step(Tensor<float>& input, Tensor<float>& target) override {
    fill(input_, input);
    labels_.resize(target.dim(0));
    for (std::size_t n = 0; n < labels_.size(); ++n) {  // its loss wants each image as a column
      labels_[n].set_size(784, 1);
      std::copy_n(target.data() + n * 784, 784, labels_[n].begin());
    }
    net_.compute_parameter_gradients(input_, labels_.begin());
    net_.update_parameters(solvers_, peers::learning_rate);
  }

 private:
  dlib::loss_mean_squared_multioutput<Layers> net_;
  std::vector<dlib::adam> solvers_;
  dlib::resizable_tensor input_, held_;
  std::vector<dlib::matrix<float>> labels_;
  const dlib::tensor* result_ = nullptr;
};

}  // namespace

int main(int argc, char** argv) {
  const auto make = [](Task task, const auto& weights) -> std::unique_ptr<peers::Network> {
    if (task == Task::restorer) return std::make_unique<DlibNetwork<Restorer>>(task, weights);
    return std::make_unique<DlibNetwork<Embedding>>(task, weights);
  };
  return peers::run_jobs(argc, argv, {peers::set_blas_threads, make, peers::loaded_blas});
}
