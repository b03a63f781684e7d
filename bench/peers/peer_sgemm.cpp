// The bound: of each job nothing but its products of matrices, by OpenBLAS's sgemm, on buffers of the same sizes. It
// learns nothing. With 2 threads they are OpenBLAS's own.
#include <cblas.h>

#include "mend/tensor/ops.hpp"
#include "peers/peer.hpp"

namespace {

using peers::Task;
using peers::Tensor;

int to_int(std::size_t n) { return static_cast<int>(n); }

// A dense layer's buffers. With x (N, in), W (in, out), y (N, out):
class Products {
 public:
  Products(const Tensor<float>& weight, std::size_t rows)
      : in_(weight.dim(0)),
        out_(weight.dim(1)),
        w_(weight),
        dw_(weight.shape()),
        y_({rows, out_}, 0.01f),
        dx_({rows, in_}) {}

  // y = x W
  const float* forward(std::size_t rows, const float* x) {
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, to_int(rows), to_int(out_), to_int(in_), 1, x,
                to_int(in_), w_.data(), to_int(out_), 0, y_.data(), to_int(out_));
    return y_.data();
  }
  // dW = x^T dy
  void to_weights(std::size_t rows, const float* x, const float* dy) {
    cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, to_int(in_), to_int(out_), to_int(rows), 1, x,
                to_int(in_), dy, to_int(out_), 0, dw_.data(), to_int(out_));
  }
  // dx = dy W^T
  const float* to_input(std::size_t rows, const float* dy) {
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, to_int(rows), to_int(in_), to_int(out_), 1, dy,
                to_int(out_), w_.data(), to_int(out_), 0, dx_.data(), to_int(in_));
    return dx_.data();
  }
  const float* output() const { return y_.data(); }

 private:
  std::size_t in_, out_;
  Tensor<float> w_, dw_, y_, dx_;
};

class SgemmNetwork : public peers::Network {
 public:
  explicit SgemmNetwork(const std::vector<mend::Parameter<float>*>& weights) {
    for (std::size_t i = 0; i < weights.size(); i += 2) weights_.push_back(weights[i]->value);
  }

  void train(peers::Lessons& lessons, std::size_t epochs, const std::function<void()>& after_epoch) override {
    const std::size_t count = lessons.rows.dim(0);
    std::vector<Products> layers = make(peers::batch_size);
    // A gathered batch lies in memory of its own.
    const Tensor<float> x = mend::slice_rows(lessons.rows, 0, std::min(count, peers::batch_size));
    for (std::size_t epoch = 0; epoch < epochs; ++epoch) {
      for (std::size_t first = 0; first < count; first += peers::batch_size)
        step(layers, std::min(peers::batch_size, count - first), x.data());
      after_epoch();
    }
  }

  void hold(const Tensor<float>& images) override {
    images_ = images;
    held_ = make(images.dim(0));
  }
  void restore() override { forward(held_, images_.dim(0), images_.data()); }
  Tensor<float> restored() const override { return {}; }

 private:
  std::vector<Products> make(std::size_t rows) const {
    std::vector<Products> layers;
    for (const Tensor<float>& weight : weights_) layers.emplace_back(weight, rows);
    return layers;
  }
  static void forward(std::vector<Products>& layers, std::size_t rows, const float* x) {
    for (Products& layer : layers) x = layer.forward(rows, x);
  }
  // 4 + 4 + 3 products for Task 3: nobody asks for the gradient of the pixels.
  static void step(std::vector<Products>& layers, std::size_t rows, const float* x) {
    forward(layers, rows, x);
    const float* dy = layers.back().output();
    for (std::size_t i = layers.size(); i-- > 0;) {
      layers[i].to_weights(rows, i == 0 ? x : layers[i - 1].output(), dy);
      if (i > 0) dy = layers[i].to_input(rows, dy);
    }
  }

  std::vector<Tensor<float>> weights_;
  std::vector<Products> held_;
  Tensor<float> images_;
};

}  // namespace

int main(int argc, char** argv) {
  const auto make = [](Task, const auto& weights) { return std::make_unique<SgemmNetwork>(weights); };
  return peers::run_jobs(argc, argv, {peers::set_blas_threads, make, peers::loaded_blas});
}
