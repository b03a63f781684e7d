#include "mend/models/assignment.hpp"

#include "mend/layers/dense.hpp"
#include "mend/layers/relu.hpp"
#include "mend/layers/sigmoid.hpp"

namespace mend {

Sequential<float> embedding_autoencoder(Random& init) {
  Sequential<float> net;
  net.add<Dense>(784, 2, init).add<Sigmoid>();
  net.add<Dense>(2, 784, init);
  return net;
}

Sequential<float> masked_restorer(Random& init) {
  Sequential<float> net;
  net.add<Dense>(784, 256, init).add<Relu>();
  net.add<Dense>(256, 256, init).add<Relu>();
  net.add<Dense>(256, 128, init).add<Relu>();
  net.add<Dense>(128, 784, init).add<Sigmoid>();
  return net;
}

}  // namespace mend
