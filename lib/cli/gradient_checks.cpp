#include "cli/gradient_checks.hpp"

#include <memory>

#include "mend/layers/dense.hpp"
#include "mend/layers/dropout.hpp"
#include "mend/layers/leaky_relu.hpp"
#include "mend/layers/relu.hpp"
#include "mend/layers/residual.hpp"
#include "mend/layers/sequential.hpp"
#include "mend/layers/sigmoid.hpp"
#include "mend/layers/skip_concat.hpp"
#include "mend/layers/softplus.hpp"
#include "mend/layers/tanh.hpp"
#include "mend/losses/bce.hpp"
#include "mend/losses/bce_with_logits.hpp"
#include "mend/losses/clipped_mse.hpp"
#include "mend/losses/hole_losses.hpp"
#include "mend/losses/huber.hpp"
#include "mend/losses/l1.hpp"
#include "mend/losses/mse.hpp"
#include "mend/models/assignment.hpp"

namespace mend::cli {
namespace {

// No two extents are equal, so that a forgotten transpose cannot fit.
const Shape batch{5, 4}, images{3, 37};

GradientCheck layer(const std::string& name, const LayerMaker& make, const LayerTraits& traits = {}) {
  return {name, [make](const CheckOptions& options) { return check_layer(make, batch, options); },
          [make, traits] { return check_laws(make, batch, traits); }};
}

Tensor<double> random_uniform(const Shape& shape, double low, double high, Random& random) {
  return map(Tensor<double>(shape), [&](double) { return random.uniform(low, high); });
}

enum class Range { any, unit };  // of y: any number, or a probability clear of 0 and 1

GradientCheck loss(const std::string& name, const LossFunction& function, Range range = Range::any) {
  return {name, [function, range](const CheckOptions& options) {
            Random random(options.seed, "loss");
            const Tensor<double> y = range == Range::any ? random_normal(images, random)
                                                         : random_uniform(images, 0.01, 0.99, random);
            const Tensor<double> target = random_uniform(images, 0, 1, random);
            return check_loss(function, y, target, options);
          }};
}

// The loss of a third of the pixels, in which known ones count for a quarter.
template <class Function>
GradientCheck hole_loss(const std::string& name, Function function) {
  Random random(1, "hole");
  const Tensor<double> hole =
      map(Tensor<double>(images), [&](double) { return random.below(3) == 0 ? 1.0 : 0.0; });
  return loss(name, [=]<class T>(const Tensor<T>& y, const Tensor<T>& target) {
    return function(y, target, cast<T>(hole), 0.25);
  });
}

// A weight for each pixel.
GradientCheck clipped_loss() {
  Random random(1, "weight");
  const Tensor<double> weight = random_uniform(images, 0, 2, random);
  return loss("clipped_mse", [=]<class T>(const Tensor<T>& y, const Tensor<T>& target) {
    return clipped_mse(y, target, cast<T>(weight));
  });
}

template <class T>
std::unique_ptr<Layer<T>> small_branch(std::size_t width, Random& random) {
  auto branch = std::make_unique<Sequential<T>>();
  branch->template add<Dense>(4, 3, random).template add<Tanh>().template add<Dense>(3, width, random);
  return branch;
}

GradientCheck network(const std::string& name, const LayerMaker& make) {
  return {.name = name,
          .gradients =
              [make](const CheckOptions& options) {
                Random random(options.seed, "images");
                const Tensor<double> x = random_uniform({3, 784}, 0, 1, random),
                                     target = random_uniform({3, 784}, 0, 1, random);
                return check_network(
                    make, [](const auto& y, const auto& t) { return mse(y, t); }, x, target, options);
              },
          .large = true};
}

}  // namespace

std::vector<GradientCheck> gradient_checks() {
  return {
      layer("Dense", []<class T>(Random& random) { return Dense<T>(4, 3, random); },
            {.misfits = {{{5, 3}, "(N, 4)"}, {{5, 2, 2}, "(N, 4)"}}, .complains_as = "Dense(4, 3)"}),
      layer("Dropout", []<class T>(Random&) { return Dropout<T>(0.3, Random(5, "dropout")); }),
      layer("LeakyRelu", []<class T>(Random&) { return LeakyRelu<T>(0.1); }),
      layer("Relu", []<class T>(Random&) { return Relu<T>(); }),
      layer("Residual", []<class T>(Random& random) { return Residual<T>(small_branch<T>(4, random)); }),
      layer("Sequential", []<class T>(Random& random) { return small_branch<T>(6, random); },
            {.misfits = {{{5, 3}, "(N, 4)"}}, .complains_as = "Dense"}),
      layer("Sigmoid", []<class T>(Random&) { return Sigmoid<T>(); }),
      layer("SkipConcat", []<class T>(Random& random) { return SkipConcat<T>(small_branch<T>(2, random)); }),
      layer("Softplus", []<class T>(Random&) { return Softplus<T>(); }),
      layer("Tanh", []<class T>(Random&) { return Tanh<T>(); }),
      loss(
          "bce", [](const auto& y, const auto& t) { return bce(y, t); }, Range::unit),
      loss("bce_with_logits", [](const auto& y, const auto& t) { return bce_with_logits(y, t); }),
      clipped_loss(),
      hole_loss("hole_bce_with_logits", [](const auto&... x) { return hole_bce_with_logits(x...); }),
      hole_loss("hole_l1", [](const auto&... x) { return hole_l1(x...); }),
      hole_loss("hole_mse", [](const auto&... x) { return hole_mse(x...); }),
      loss("huber", [](const auto& y, const auto& t) { return huber(y, t, 0.8); }),
      loss("l1", [](const auto& y, const auto& t) { return l1(y, t); }),
      loss("mse", [](const auto& y, const auto& t) { return mse(y, t); }),
      network("embedding network", []<class T>(Random& random) { return embedding_autoencoder<T>(random); }),
      network("restoring network", []<class T>(Random& random) { return masked_restorer<T>(random); }),
  };
}

}  // namespace mend::cli
