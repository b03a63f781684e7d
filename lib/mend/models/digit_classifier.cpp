#include "mend/models/digit_classifier.hpp"

#include <complex>

#include "mend/layers/dense.hpp"
#include "mend/layers/relu.hpp"

namespace mend {

template <class T>
Sequential<T> digit_classifier(Random& init) {
  Sequential<T> net;
  net.template add<Dense>(784, 128, init).template add<Relu>();
  net.template add<Dense>(128, 1, init);
  return net;
}

#define MEND_INSTANTIATE_CLASSIFIER(T) template Sequential<T> digit_classifier<T>(Random&);

MEND_INSTANTIATE_CLASSIFIER(float)
MEND_INSTANTIATE_CLASSIFIER(double)
MEND_INSTANTIATE_CLASSIFIER(std::complex<double>)

}  // namespace mend
