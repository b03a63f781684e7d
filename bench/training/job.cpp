#include "training/job.hpp"

#include <cstring>

#include "mend/masks/families.hpp"
#include "mend/models/assignment.hpp"
#include "mend/optimizers/adam.hpp"
#include "mend/tensor/ops.hpp"
#include "mend/training/fit.hpp"

namespace bench {

struct Training::Parts {
  mend::Random init{1, "init"}, shuffle{1, "shuffle"}, masks{1, "masks"};
  mend::Sequential<float> net;
  std::unique_ptr<mend::Adam<float>> adam;
  Tensor rows;
  mend::FitOptions options;
  mend::History history;
};

Training::Training(int task, std::size_t rows) : parts_(std::make_unique<Parts>()) {
  Parts& p = *parts_;
  p.net = task == 2 ? mend::embedding_autoencoder(p.init) : mend::masked_restorer(p.init);
  p.adam = std::make_unique<mend::Adam<float>>(p.net.parameters());
  p.rows = mend::slice_rows(images(), 0, rows);
  p.options.batch_size = batch;
  p.options.quiet = true;
  if (task == 3)
    p.options.make_batch = mend::masked_batches(
        [&masks = p.masks](std::size_t images) { return mend::draw_assignment_masks(images, masks); });
}

Training::~Training() = default;

void Training::epoch() {
  Parts& p = *parts_;
  p.options.epochs = p.history.size() + 1;
  p.history = mend::fit(p.net, *p.adam, p.rows, p.shuffle, p.options, std::move(p.history));
}

double Training::loss() const { return parts_->history.back().loss; }

std::uint64_t Training::hash() {  // FNV-1a
  std::uint64_t hash = 14695981039346656037u;
  for (const mend::Parameter<float>* p : parts_->net.parameters())
    for (const float weight : p->value) {
      std::uint32_t bits;
      std::memcpy(&bits, &weight, sizeof bits);
      hash = (hash ^ bits) * 1099511628211u;
    }
  return hash;
}

const std::vector<std::size_t>& Training::widths(int task) {
  static const std::vector<std::size_t> map{784, 2, 784}, restorer{784, 256, 256, 128, 784};
  return task == 2 ? map : restorer;
}

bool add_epochs(const std::string& name, int task, std::size_t rows, std::size_t threads,
                const std::string& kernels) {
  const auto& widths = Training::widths(task);
  const std::size_t whole = rows / batch, rest = rows % batch;
  Work work = static_cast<double>(whole) * step_work(batch, widths);
  if (rest > 0) work = work + step_work(rest, widths);
  return add_bounded(name + "/threads:" + std::to_string(threads), work, [=] {
    auto training = std::make_shared<Training>(task, rows);
    auto step = std::make_shared<Products>(batch, widths), last = std::make_shared<Products>(rest, widths);
    return std::pair(
        [=] {
          const Threads guard(threads);
          const UseKernels use(kernels);
          training->epoch();
        },
        [=] {
          for (std::size_t i = 0; i < whole; ++i) step->forward(), step->backward();
          if (rest > 0) last->forward(), last->backward();
        });
  });
}

}  // namespace bench
