// The bound: of each job nothing but its products of matrices, by OpenBLAS's sgemm, on buffers of the same sizes. It
// learns nothing. With 2 threads they are OpenBLAS's own.
#include <algorithm>
#include <optional>

#include "peers/peer.hpp"
#include "products.hpp"

namespace {

using peers::Task;
using peers::Tensor;

class SgemmNetwork : public peers::Network {
 public:
  explicit SgemmNetwork(const std::vector<mend::Parameter<float>*>& weights) {
    for (std::size_t i = 0; i < weights.size(); i += 2) widths_.push_back(weights[i]->value.dim(0));
    widths_.push_back(weights.back()->value.dim(0));
  }

  void train(peers::Lessons& lessons, std::size_t epochs, const std::function<void()>& after_epoch) override {
    const std::size_t count = lessons.rows.dim(0), whole = count / peers::batch_size;
    bench::Products batch(peers::batch_size, widths_), last(count % peers::batch_size, widths_);
    for (std::size_t epoch = 0; epoch < epochs; ++epoch) {
      for (std::size_t i = 0; i < whole; ++i) step(batch);
      if (count % peers::batch_size > 0) step(last);
      after_epoch();
    }
  }

  void hold(const Tensor<float>& images) override { held_.emplace(images.dim(0), widths_); }
  void restore() override { held_->forward(); }
  Tensor<float> restored() const override { return {}; }

 private:
  // 4 + 4 + 3 products for Task 3: nobody asks for the gradient of the pixels.
  static void step(bench::Products& layers) {
    layers.forward();
    layers.backward();
  }

  std::vector<std::size_t> widths_;
  std::optional<bench::Products> held_;
};

}  // namespace

int main(int argc, char** argv) {
  const auto make = [](Task, const auto& weights) { return std::make_unique<SgemmNetwork>(weights); };
  return peers::run_jobs(argc, argv, {peers::set_blas_threads, make, peers::loaded_blas});
}
