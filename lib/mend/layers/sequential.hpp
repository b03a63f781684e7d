#pragma once

#include <memory>
#include <utility>

#include "mend/layers/layer.hpp"

namespace mend {

/// Layers one after the other: \f$ y = f_k(\dots f_2(f_1(x))) \f$; backward runs through them in reverse.
///
/// \code
/// Sequential<float> net;
/// net.add<Dense>(784, 256, random).add<Relu>().add<Dense>(256, 784, random);
/// \endcode
template <class T>
class Sequential : public Layer<T> {
 public:
  Sequential() = default;

  /// Appends a layer made from the arguments of its constructor. The scalar need not be said twice.
  template <template <class> class L, class... Arguments>
  Sequential& add(Arguments&&... arguments) {
    return add(std::make_unique<L<T>>(std::forward<Arguments>(arguments)...));
  }
  /// Appends a layer; its parameters are named by its number, "2.weight". \throws Error for a null pointer.
  Sequential& add(std::unique_ptr<Layer<T>> layer);

  std::size_t size() const { return layers_.size(); }  ///< How many layers.
  /// The layer with this number, from 0. \throws Error when there are fewer.
  Layer<T>& operator[](std::size_t i);
  /// The layer with this number, from 0. \throws Error when there are fewer.
  const Layer<T>& operator[](std::size_t i) const;

  std::string describe() const override;
  Shape output_shape(const Shape& x) const override;
  Tensor<T> predict(const Tensor<T>& x) const override;
  Tensor<T> forward(Tensor<T> x) override;
  Tensor<T> backward(Tensor<T> dy) override;
  void backward_to_parameters(Tensor<T> dy) override;
  std::vector<Parameter<T>*> parameters() override;
  std::vector<Random*> random_streams() override;

 private:
  std::vector<std::unique_ptr<Layer<T>>> layers_;
};

}  // namespace mend
