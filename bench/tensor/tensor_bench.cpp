#include "mend/tensor/tensor.hpp"
#include "support.hpp"

using namespace bench;

namespace {

constexpr double n = batch * pixels;

// What every operation that returns a new tensor pays: memory, and zeros in it.
const bool make = add("tensor/tensor/make", each(n, 0, 1), [] {
  return [] { return Tensor({batch, pixels})[0]; };
});
const bool copy = add("tensor/tensor/copy", each(n, 0, 2), [] {
  return [x = uniform({batch, pixels})] { return Tensor(x)[0]; };
});
const bool to_double = add("tensor/tensor/cast", each(n, 0, 3), [] {
  return [x = uniform({batch, pixels})] { return mend::cast<double>(x)[0]; };
});

}  // namespace
