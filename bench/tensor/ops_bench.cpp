#include <memory>
#include <numeric>

#include "mend/tensor/ops.hpp"
#include "mend/tensor/random.hpp"
#include "support.hpp"

using namespace bench;

namespace {

constexpr double n = batch * pixels;  // of a batch of images

// The products of both networks of the assignment for a batch of 128: (N, K) by (K, D).
bool add_products(std::size_t k, std::size_t d) {
  const std::string shape = "/128x" + std::to_string(k) + "x" + std::to_string(d);
  const Work work = product(batch, static_cast<double>(k), static_cast<double>(d));
  add_threaded("tensor/matmul" + shape, work, [k, d] {  // y = x W
    return [x = uniform({batch, k}), w = uniform({k, d})] { return mend::matmul(x, w); };
  });
  add_threaded("tensor/matmul_nt" + shape, work, [k, d] {  // dx = dy W^T
    return [dy = uniform({batch, d}), w = uniform({k, d})] { return mend::matmul_nt(dy, w); };
  });
  return add_threaded("tensor/add_matmul_tn" + shape, work, [k, d] {  // dW += x^T dy
    return [sum = Tensor({k, d}), x = uniform({batch, k}), dy = uniform({batch, d})]() mutable {
      mend::add_matmul_tn(sum, x, dy);
    };
  });
}

const bool products[] = {add_products(784, 256), add_products(256, 256), add_products(256, 128),
                         add_products(128, 784), add_products(784, 2),   add_products(2, 784)};

// An operation on one or two batches of images.
template <class F>
bool add_unary(const std::string& name, double flop, double floats, F f) {
  return add("tensor/" + name, each(n, flop, floats), [f] {
    return [f, x = uniform({batch, pixels})] { return f(x); };
  });
}
template <class F>
bool add_binary(const std::string& name, double flop, double floats, F f) {
  return add("tensor/" + name, each(n, flop, floats), [f] {
    return [f, x = uniform({batch, pixels}), y = uniform({batch, pixels})]() mutable { return f(x, y); };
  });
}

const bool unary[] = {add_unary("sum_rows", 1, 1, [](const Tensor& x) { return mend::sum_rows(x)[0]; }),
                      add_unary("mean_rows", 1, 1, [](const Tensor& x) { return mend::mean_rows(x)[0]; }),
                      add_unary("transpose", 0, 2, [](const Tensor& x) { return mend::transpose(x)[0]; }),
                      add_unary("split_columns", 0, 2,
                                [](const Tensor& x) { return mend::split_columns(x, pixels / 2).first[0]; }),
                      add_unary("sum", 1, 1, [](const Tensor& x) { return mend::sum(x); }),
                      add_unary("mean", 1, 1, [](const Tensor& x) { return mend::mean(x); }),
                      add_unary("slice_rows", 0, 1, [](const Tensor& x) {
                        return mend::slice_rows(x, batch / 4, batch / 2)[0];
                      })};

const bool binary[] = {
    add_binary("add", 1, 3, [](Tensor& x, const Tensor& y) { return (x += y)[0]; }),
    add_binary("subtract", 1, 3, [](Tensor& x, const Tensor& y) { return (x -= y)[0]; }),
    add_binary("scale", 1, 2, [](Tensor& x, const Tensor&) { return (x *= 0.999f)[0]; }),
    add_binary("multiply", 1, 3,
               [](Tensor& x, const Tensor& y) { return (x = mend::multiply(std::move(x), y))[0]; }),
    add_binary("dot", 2, 2, [](const Tensor& x, const Tensor& y) { return mend::dot(x, y); }),
    add_binary("concat_columns", 0, 4,
               [](const Tensor& x, const Tensor& y) { return mend::concat_columns(x, y)[0]; })};

const bool add_rows = add("tensor/add_rows", each(n, 1, 2), [] {  // y + b, in place
  return [y = uniform({batch, pixels}), b = uniform({pixels})]() mutable {
    return (y = mend::add_rows(std::move(y), b))[0];
  };
});

const bool add_sum_rows = add("tensor/add_sum_rows", each(n, 1, 1), [] {  // db += sum of dy over the batch
  return [sum = Tensor({pixels}), dy = uniform({batch, pixels})]() mutable { mend::add_sum_rows(sum, dy); };
});

// A batch out of many images: rows that lie anywhere, so memory has to be waited for.
const bool gather_rows = add("tensor/gather_rows", each(n, 0, 2), [] {
  std::vector<std::size_t> order(image_count);
  std::iota(order.begin(), order.end(), 0u);
  mend::Random(1).shuffle(order);
  return [order, first = std::size_t{0}]() mutable {
    first = first + 2 * batch > order.size() ? 0 : first + batch;
    const auto begin = order.begin() + static_cast<std::ptrdiff_t>(first);
    return mend::gather_rows(images(), {begin, begin + batch})[0];
  };
});

}  // namespace
