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
Sequential<T> masked_restorer(Random& init) {
  Sequential<T> net;
  net.template add<Dense>(784, 256, init).template add<Relu>();
  net.template add<Dense>(256, 256, init).template add<Relu>();
  net.template add<Dense>(256, 128, init).template add<Relu>();
  net.template add<Dense>(128, 784, init).template add<Sigmoid>();
  return net;
}

#define MEND_INSTANTIATE_MODELS(T)                          \
  template Sequential<T> embedding_autoencoder<T>(Random&); \
  template Sequential<T> masked_restorer<T>(Random&);

MEND_INSTANTIATE_MODELS(float)
MEND_INSTANTIATE_MODELS(double)
MEND_INSTANTIATE_MODELS(std::complex<double>)

}  // namespace mend
