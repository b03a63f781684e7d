#include <chrono>
#include <thread>

#include "bound.hpp"
#include "mend/tensor/ops.hpp"

extern "C" void openblas_set_num_threads(int);

using namespace bench;

// The products of the restorer's training step on one core, and on two in two ways: OpenBLAS splits each product as it
// likes, and the sums come out in another order; the library splits rows in one way that depends on the shapes alone.
namespace {

const std::vector<std::size_t> widths{784, 256, 256, 128, 784};
const Work work = [] {  // without what is no product
  Work sum;
  for (std::size_t l = 0; l + 1 < widths.size(); ++l)
    sum = sum + (l > 0 ? 3 : 2) *
                    product(batch, static_cast<double>(widths[l]), static_cast<double>(widths[l + 1]));
  return sum;
}();

// The same products through the library.
class LibraryProducts {
 public:
  LibraryProducts() {
    for (const std::size_t width : widths) values_.push_back(uniform({batch, width}));
    for (std::size_t l = 0; l + 1 < widths.size(); ++l)
      weights_.push_back(uniform({widths[l], widths[l + 1]}));
    gradients_ = weights_;
  }
  void step() {
    for (std::size_t l = 0; l < weights_.size(); ++l)
      benchmark::DoNotOptimize(mend::matmul(values_[l], weights_[l]));
    for (std::size_t l = weights_.size(); l-- > 0;) {
      mend::add_matmul_tn(gradients_[l], values_[l], values_[l + 1]);
      if (l > 0) benchmark::DoNotOptimize(mend::matmul_nt(values_[l + 1], weights_[l]));
    }
  }

 private:
  std::vector<Tensor> values_, weights_, gradients_;
};

const bool library = add_threaded("steps/threads/library", work, [] {
  return [products = std::make_shared<LibraryProducts>()] { products->step(); };
});

bool add_openblas(int threads) {
  return add("steps/threads/openblas/threads:" + std::to_string(threads), work, [threads] {
    openblas_set_num_threads(threads);
    const std::shared_ptr<void> afterwards(nullptr, [threads](void*) {
      openblas_set_num_threads(1);
      // Its threads look out for work for another tenth of a second, on a core that the next benchmark may want.
      if (threads > 1) std::this_thread::sleep_for(std::chrono::milliseconds(150));
    });
    return [afterwards, products = std::make_shared<Products>(batch, widths)] {
      products->forward();
      products->backward();
    };
  });
}
const bool openblas[] = {add_openblas(1), add_openblas(2)};

}  // namespace
