#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "mend/tensor/parallel.hpp"
#include "mend/tensor/random.hpp"
#include "mend/tensor/tensor.hpp"

namespace mend {

/// What a layer learns: a value, and the gradient of the loss with respect to it, of the same shape.
template <class T>
struct Parameter {
  std::string name;  ///< "weight" or "bias" in a layer; "2.weight" in a Sequential.
  Tensor<T> value;   ///< What the optimizer changes.
  Tensor<T> grad;    ///< What backward adds to and zero_grad sets to zero.

  Parameter() = default;
  /// A parameter with gradient zero.
  Parameter(std::string its_name, Tensor<T> its_value)
      : name(std::move(its_name)), value(std::move(its_value)), grad(value.shape()) {}
};

/// A function of a batch with a derivative that somebody worked out by hand.
///
/// Three verbs and no mode: `predict` is the mathematics; `forward` is predict and remember; `backward` is the
/// chain rule, for the batch that forward saw last. Only forward may be random (dropout) or change statistics.
/// check_laws tries what every layer promises, check_layer its gradients.
/// \tparam T  float trains, double checks, std::complex<double> carries the complex step.
template <class T>
class Layer {
 public:
  virtual ~Layer() = default;

  /// The layer's name and sizes, "Dense(784, 256)"; equal texts are equal architectures.
  virtual std::string describe() const = 0;
  /// The shape of y for an x of this shape. \throws ShapeError when such an x does not fit.
  virtual Shape output_shape(const Shape& x) const = 0;

  /// y for x, remembering nothing: safe to call from several threads.
  /// \param x  (N, ...): N rows, each an example  \throws ShapeError when x does not fit
  virtual Tensor<T> predict(const Tensor<T>& x) const = 0;
  /// predict(x), and keeps what backward needs. Takes x by value: move it in and nothing is copied.
  virtual Tensor<T> forward(Tensor<T> x) = 0;
  /// dL/dy to dL/dx at the batch of the last forward; adds dL/dp into the grad of each parameter p.
  /// \throws ShapeError unless dy has the shape of the last y
  virtual Tensor<T> backward(Tensor<T> dy) = 0;
  /// backward without dL/dx, for the first layer of a network: nobody asks for the gradient of the pixels.
  virtual void backward_to_parameters(Tensor<T> dy) { backward(std::move(dy)); }

  /// What the layer learns, always in the same order; empty for most.
  virtual std::vector<Parameter<T>*> parameters() { return {}; }
  /// The random streams that forward draws from, in the same order; a checkpoint keeps their state.
  virtual std::vector<Random*> random_streams() { return {}; }
};

/// \throws ShapeError unless x is (N, width); the text begins with what the layer says that it is.
template <class T>
void require_columns(const Layer<T>& layer, const Shape& x, std::size_t width) {
  if (x.rank() != 2 || x[1] != width)
    throw ShapeError(layer.describe() + ": x is " + to_string(x) + " but (N, " + std::to_string(width) +
                     ") was expected");
}
/// \throws ShapeError unless dy has the shape that forward returned last.
template <class T>
void require_upstream(const Layer<T>& layer, const Shape& dy, const Shape& y) {
  if (dy != y)
    throw ShapeError(layer.describe() + "::backward: dy is " + to_string(dy) +
                     " but the last forward returned " + to_string(y));
}

/// Sets the gradient of every parameter to zero: before each backward that shall not add to the last.
template <class T>
void zero_grad(const std::vector<Parameter<T>*>& parameters) {
  for (Parameter<T>* p : parameters)
    parallel_ranges(p->grad.size(), light_work, [grad = p->grad.data()](std::size_t first, std::size_t last) {
      std::fill(grad + first, grad + last, T(0));
    });
}

}  // namespace mend
