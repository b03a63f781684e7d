#include "mend/layers/leaky_relu.hpp"

#include <sstream>

#include "mend/tensor/scalar.hpp"

namespace mend {

template <class T>
LeakyRelu<T>::LeakyRelu(double slope) : slope_(slope) {
  if (!(0 <= slope && slope < 1))
    throw Error("LeakyRelu: expected 0 <= slope < 1, found " + std::to_string(slope));
}

template <class T>
std::string LeakyRelu<T>::describe() const {
  std::ostringstream out;
  out << "LeakyRelu(" << slope_ << ")";
  return out.str();
}

// y = x where x > 0, else s x        x, y any shape
template <class T>
Tensor<T> LeakyRelu<T>::predict(const Tensor<T>& x) const {
  const T slope = static_cast<T>(slope_);
  return map(x, [slope](T v) { return real_part(v) <= 0 ? slope * v : v; });
}

template <class T>
Tensor<T> LeakyRelu<T>::forward(Tensor<T> x) {
  saved_.x = std::move(x);
  return predict(saved_.x);
}

template <class T>
Tensor<T> LeakyRelu<T>::backward(Tensor<T> dy) {
  require_upstream(*this, dy.shape(), saved_.x.shape());
  const T slope = static_cast<T>(slope_);
  for (std::size_t i = 0; i < dy.size(); ++i)
    dy[i] = real_part(saved_.x[i]) <= 0 ? slope * dy[i] : dy[i];  // dx = dy where x > 0, else s dy
  return dy;
}

}  // namespace mend

MEND_INSTANTIATE_CLASS(LeakyRelu)
