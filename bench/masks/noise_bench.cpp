#include "masks/mask_bench.hpp"
#include "mend/masks/noise.hpp"

using namespace bench;

namespace {

// Two floats a pixel: the image as it was and as it becomes.
template <class F>
bool add_noise(const std::string& name, F f) {
  return add_with_mask("noise/" + name, 2, [f](const Tensor& x, const mend::Mask&, mend::Random& random) {
    return f(x, random);
  });
}

const bool all[] = {
    add_noise("gaussian",
              [](const Tensor& x, mend::Random& r) { return mend::add_gaussian_noise(x, 0.1, r); }),
    add_noise("salt_and_pepper",
              [](const Tensor& x, mend::Random& r) { return mend::add_salt_and_pepper(x, 0.1, r); }),
    add_noise("speckle", [](const Tensor& x, mend::Random& r) { return mend::add_speckle(x, 0.1, r); }),
    add_noise("clip", [](const Tensor& x, mend::Random&) { return mend::clip_pixels(x); })};

}  // namespace
