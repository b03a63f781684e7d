#include "mend/layers/dropout.hpp"

#include <sstream>

#include "mend/tensor/ops.hpp"
#include "mend/tensor/scalar.hpp"

namespace mend {

template <class T>
Dropout<T>::Dropout(double rate, Random random) : rate_(rate), random_(random) {
  if (!(0 <= rate && rate < 1)) throw Error("Dropout: expected 0 <= rate < 1, found " + std::to_string(rate));
}

template <class T>
std::string Dropout<T>::describe() const {
  std::ostringstream out;
  out << "Dropout(" << rate_ << ")";
  return out.str();
}

// y = m x        x, y, m any shape
template <class T>
Tensor<T> Dropout<T>::forward(Tensor<T> x) {
  const T kept = static_cast<T>(1 / (1 - rate_));
  saved_.mask = map(Tensor<T>(x.shape()), [&](T) { return random_.uniform() < rate_ ? T(0) : kept; });
  return multiply(std::move(x), saved_.mask);
}

template <class T>
Tensor<T> Dropout<T>::backward(Tensor<T> dy) {
  require_upstream(*this, dy.shape(), saved_.mask.shape());
  return multiply(std::move(dy), saved_.mask);  // dx = m dy
}

}  // namespace mend

MEND_INSTANTIATE_CLASS(Dropout)
