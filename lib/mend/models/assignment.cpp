#include "mend/models/assignment.hpp"

#include <complex>

#include "mend/layers/dense.hpp"
#include "mend/layers/relu.hpp"
#include "mend/layers/sigmoid.hpp"

namespace mend {

template <class T>
Sequential<T> embedding_autoencoder(Random& init) {
  Sequential<T> net;
  net.template add<Dense>(784, 2, init).template add<Sigmoid>();
  net.template add<Dense>(2, 784, init);
  return net;
}

template <class T>
Sequential<T> masked_restorer(Random& init, const std::vector<std::size_t>& hidden) {
  Sequential<T> net;
  std::size_t width = 784;
  for (const std::size_t units : hidden) {
    net.template add<Dense>(width, units, init).template add<Relu>();
    width = units;
  }
  net.template add<Dense>(width, 784, init).template add<Sigmoid>();
  return net;
}

#define MEND_INSTANTIATE_MODELS(T)                          \
  template Sequential<T> embedding_autoencoder<T>(Random&); \
  template Sequential<T> masked_restorer<T>(Random&, const std::vector<std::size_t>&);

MEND_INSTANTIATE_MODELS(float)
MEND_INSTANTIATE_MODELS(double)
MEND_INSTANTIATE_MODELS(std::complex<double>)

}  // namespace mend
