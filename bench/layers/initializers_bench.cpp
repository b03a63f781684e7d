#include "mend/layers/initializers.hpp"
#include "support.hpp"

using namespace bench;

namespace {

// A matrix of the restorer's widest hidden layer.
bool add_initializer(const std::string& name, const mend::Initializer& initializer) {
  return add("layers/initializers/" + name, {0, 256 * 256 * sizeof(double)}, [initializer] {
    return [initializer, random = mend::Random(1)]() mutable { return initializer(256, 256, random)[0]; };
  });
}

const bool all[] = {
    add_initializer("glorot_uniform", mend::glorot_uniform), add_initializer("he_normal", mend::he_normal),
    add_initializer("lecun_normal", mend::lecun_normal), add_initializer("orthogonal", mend::orthogonal),
    add_initializer("uniform", mend::uniform(-0.05, 0.05))};

}  // namespace
