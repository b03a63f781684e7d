#include "mend/metrics/separation.hpp"

#include <gtest/gtest.h>

#include "mend/tensor/random.hpp"

using namespace mend;

// Class 5 around (0, 0), class 7 around (4, 0): the border is the line x = 2.
const Tensor<float> train({4, 2}, {-1, 0, 1, 0, 3, 1, 5, -1});
const std::vector<std::uint8_t> train_labels = {5, 5, 7, 7};

TEST(NearestMeanAccuracy, CountsByHand) {
  const Tensor<float> test({4, 2}, {1.9f, 9, 2.1f, 9, 1.9f, -9, 2.1f, -9});
  EXPECT_EQ(nearest_mean_accuracy(train, train_labels, test, {5, 7, 5, 7}), 1.0);
  EXPECT_EQ(nearest_mean_accuracy(train, train_labels, test, {7, 5, 7, 5}), 0.0);
  EXPECT_EQ(nearest_mean_accuracy(train, train_labels, test, {5, 7, 7, 7}), 0.75);
}

TEST(NearestMeanAccuracy, MeansComeFromTrainingAlone) {
  // All test codes lie beyond the border: a mean taken from the test would separate them.
  const Tensor<float> test({2, 2}, {10, 0, 20, 0});
  EXPECT_EQ(nearest_mean_accuracy(train, train_labels, test, {5, 7}), 0.5);
}

TEST(NearestMeanAccuracy, IsChanceForCodesThatSayNothing) {
  Random random(1);
  Tensor<float> noise({4000, 2});
  std::vector<std::uint8_t> labels(4000);
  for (float& v : noise) v = static_cast<float>(random.normal());
  for (std::size_t i = 0; i < labels.size(); ++i) labels[i] = i % 2;
  EXPECT_NEAR(nearest_mean_accuracy(noise, labels, noise, labels), 0.5, 0.05);
}

TEST(NearestMeanAccuracy, RefusesWhatDoesNotBelongTogether) {
  EXPECT_THROW(nearest_mean_accuracy(train, {5, 7}, train, train_labels), ShapeError);
  EXPECT_THROW(nearest_mean_accuracy(train, train_labels, Tensor<float>({4, 3}), train_labels), ShapeError);
  EXPECT_THROW(nearest_mean_accuracy(Tensor<float>({0, 2}), {}, train, train_labels), ShapeError);
}
