#include <memory>
#include <numeric>

#include "mend/tensor/random.hpp"
#include "support.hpp"

using namespace bench;

namespace {

// A thousand numbers; bytes are those of 64-bit numbers.
template <class F>
bool add_random(const std::string& name, F f) {
  return add("tensor/random/" + name, {0, 8000}, [f] {
    return [f, random = mend::Random(1)]() mutable {
      double sum = 0;
      for (int i = 0; i < 1000; ++i) sum += static_cast<double>(f(random));
      return sum;
    };
  });
}

const bool all[] = {add_random("bits_1000", [](mend::Random& r) { return r.bits(); }),
                    add_random("uniform_1000", [](mend::Random& r) { return r.uniform(); }),
                    add_random("normal_1000", [](mend::Random& r) { return r.normal(); }),
                    add_random("below_1000", [](mend::Random& r) { return r.below(28); })};

const bool shuffle = add("tensor/random/shuffle_11686", {0, 2.0 * sizeof(std::size_t) * image_count}, [] {
  std::vector<std::size_t> items(image_count);
  std::iota(items.begin(), items.end(), 0u);
  return [items, random = mend::Random(1)]() mutable {
    random.shuffle(items);
    return items[0];
  };
});

}  // namespace
