#include "mend/models/digit_classifier.hpp"

#include <gtest/gtest.h>

#include "mend/data/stroke_digits.hpp"
#include "mend/layers/summary.hpp"
#include "mend/losses/bce_with_logits.hpp"
#include "mend/optimizers/adam.hpp"
#include "mend/tensor/ops.hpp"

using namespace mend;

namespace {

// 1 for a seven, 0 for a five, as the loss wants it: (N, 1).
Tensor<float> targets(const Images& images) {
  Tensor<float> t({images.labels.size(), 1});
  for (std::size_t n = 0; n < t.size(); ++n) t[n] = images.labels[n] == 7 ? 1.0f : 0.0f;
  return t;
}

double accuracy(const Sequential<float>& net, const Images& images) {
  const Tensor<float> logits = net.predict(to_rows(images)), t = targets(images);
  double right = 0;
  for (std::size_t n = 0; n < t.size(); ++n) right += (logits[n] > 0) == (t[n] > 0.5f);
  return right / static_cast<double>(t.size());
}

}  // namespace

TEST(DigitClassifier, Has784Times128And128WeightsAndABiasForEachUnit) {
  Random init(1);
  Sequential<float> net = digit_classifier(init);
  EXPECT_EQ(count_parameters(net), 784u * 128 + 128 + 128 + 1);
  EXPECT_EQ(net.predict(Tensor<float>({3, 784})).shape(), Shape({3, 1}));
}

TEST(DigitClassifier, LearnsToTellGeneratedFivesFromSevens) {
  const Dataset digits = stroke_digits(300, 100, 1, {5, 7});
  const Tensor<float> x = to_rows(digits.train), t = targets(digits.train);
  Random init(1);
  Sequential<float> net = digit_classifier(init);
  const double before = accuracy(net, digits.test);
  Adam<float> adam(net.parameters(), 1e-3);
  for (int step = 0; step < 30; ++step) {
    Loss<float> loss = bce_with_logits(net.forward(x), t);
    adam.zero_grad();
    net.backward_to_parameters(std::move(loss.gradient));
    adam.step();
  }
  EXPECT_GE(accuracy(net, digits.test), 0.99) << "before: " << before;
  EXPECT_LT(before, 0.9) << "an untrained network should not know the classes";
}
