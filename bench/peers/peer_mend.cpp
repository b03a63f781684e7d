// mend itself: fit as a user calls it. $MEND_KERNELS, which the library heeds, says whose product kernels.
#include "mend/masks/families.hpp"
#include "mend/models/assignment.hpp"
#include "mend/optimizers/adam.hpp"
#include "mend/tensor/gemm.hpp"
#include "mend/tensor/parallel.hpp"
#include "mend/training/fit.hpp"
#include "peers/peer.hpp"

namespace {

using peers::Task;
using peers::Tensor;

class MendNetwork : public peers::Network {
 public:
  MendNetwork(Task task, const std::vector<mend::Parameter<float>*>& weights) {
    mend::Random any(0);
    net_ = task == Task::restorer ? mend::masked_restorer(any) : mend::embedding_autoencoder(any);
    const auto own = net_.parameters();
    for (std::size_t i = 0; i < own.size(); ++i) own[i]->value = weights.at(i)->value;
  }

  void train(peers::Lessons& lessons, std::size_t epochs, const std::function<void()>& after_epoch) override {
    mend::Adam<float> adam(net_.parameters(), peers::learning_rate, peers::beta1, peers::beta2,
                           peers::epsilon);
    mend::FitOptions options;
    options.epochs = epochs;
    options.batch_size = peers::batch_size;
    options.quiet = true;
    options.after_epoch = [&](const mend::EpochRecord&) { after_epoch(); };
    if (lessons.task == Task::restorer)
      options.make_batch = mend::masked_batches(
          [&](std::size_t images) { return mend::draw_assignment_masks(images, lessons.masks); });
    mend::fit(net_, adam, lessons.pixels, lessons.shuffle, options);
  }

  void hold(const Tensor<float>& images) override { images_ = images; }
  void restore() override { restored_ = net_.predict(images_); }
  Tensor<float> restored() const override { return restored_; }

 private:
  mend::Sequential<float> net_;
  Tensor<float> images_, restored_;
};

// Whose product kernels mend uses.
std::string products_by() {
  const mend::Kernels used = mend::kernels();
  return used == mend::Kernels::openblas ? peers::loaded_blas()
                                         : "its own, " + mend::to_string(used) + " kernels";
}

}  // namespace

int main(int argc, char** argv) {
  const auto make = [](Task task, const auto& weights) {
    return std::make_unique<MendNetwork>(task, weights);
  };
  return peers::run_jobs(argc, argv, {mend::set_threads, make, products_by});
}
