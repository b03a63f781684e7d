#pragma once

#include <complex>
#include <concepts>
#include <functional>
#include <memory>
#include <tuple>
#include <utility>

#include "mend/layers/layer.hpp"
#include "mend/losses/loss.hpp"

// What can be checked: something that exists for every scalar. float trains, double is compared, and
// std::complex<double> carries the complex step.
namespace mend {

/// Makes one and the same layer for each scalar. Any generic lambda that returns a layer will do:
/// \code
/// []<class T>(Random& random) { return Dense<T>(4, 3, random); }
/// \endcode
class LayerMaker {
 public:
  /// \param make  callable as `make.template operator()<T>(random)` for float, double and std::complex<double>;
  ///   returns a layer, or a std::unique_ptr to one
  template <class Make>
  requires(!std::same_as<Make, LayerMaker>) LayerMaker(Make make)
      : makers_(box<float>(make), box<double>(make), box<std::complex<double>>(make)) {}

  /// A new layer for the scalar T, its weights drawn from `random`.
  template <class T>
  std::unique_ptr<Layer<T>> make(Random& random) const {
    return std::get<Maker<T>>(makers_)(random);
  }

 private:
  template <class T>
  using Maker = std::function<std::unique_ptr<Layer<T>>(Random&)>;

  template <class T, class Make>
  static Maker<T> box(const Make& make) {
    return [make](Random& random) -> std::unique_ptr<Layer<T>> {
      auto made = make.template operator()<T>(random);
      if constexpr (std::convertible_to<decltype(made), std::unique_ptr<Layer<T>>>)
        return made;
      else
        return std::make_unique<decltype(made)>(std::move(made));
    };
  }

  std::tuple<Maker<float>, Maker<double>, Maker<std::complex<double>>> makers_;
};

/// One and the same loss for each scalar. Any generic lambda will do:
/// \code
/// [](const auto& y, const auto& target) { return huber(y, target, 0.8); }
/// \endcode
class LossFunction {
 public:
  /// \param loss  callable for two tensors of float, double or std::complex<double>
  template <class F>
  requires(!std::same_as<F, LossFunction>) LossFunction(F loss) : functions_(loss, loss, loss) {}

  /// The loss of y and its gradient.
  template <class T>
  Loss<T> operator()(const Tensor<T>& y, const Tensor<T>& target) const {
    return std::get<Function<T>>(functions_)(y, target);
  }

 private:
  template <class T>
  using Function = std::function<Loss<T>(const Tensor<T>&, const Tensor<T>&)>;

  std::tuple<Function<float>, Function<double>, Function<std::complex<double>>> functions_;
};

}  // namespace mend
