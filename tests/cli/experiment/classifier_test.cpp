#include "cli/experiment/classifier.hpp"

#include "mend/data/stroke_digits.hpp"
#include "mend/tensor/error.hpp"
#include "message_of.hpp"

using namespace mend;
using namespace mend::cli;

namespace {

std::vector<std::uint8_t> is_seven(const Images& images) {
  std::vector<std::uint8_t> second;
  for (const std::uint8_t label : images.labels) second.push_back(label == 7);
  return second;
}

}  // namespace

TEST(Classifier, ReadsImagesThatItHasNotSeen) {
  const Dataset digits = stroke_digits(300, 100, 1, {5, 7});
  const Classifier classifier(to_rows(digits.train), is_seven(digits.train), 1, 10);
  EXPECT_GE(agreement(classifier.read(to_rows(digits.test)), is_seven(digits.test)), 0.99);
}

TEST(Classifier, CannotLearnFromLabelsThatMeanNothing) {
  const Dataset digits = stroke_digits(300, 100, 1, {5, 7});
  std::vector<std::uint8_t> shuffled = is_seven(digits.train);
  Random(1, "labels").shuffle(shuffled);
  const Classifier classifier(to_rows(digits.train), shuffled, 1, 10);
  const double right = agreement(classifier.read(to_rows(digits.test)), is_seven(digits.test));
  EXPECT_GT(right, 0.2);
  EXPECT_LT(right, 0.8);
}

TEST(Classifier, IsTheSameForTheSameSeed) {
  const Dataset digits = stroke_digits(50, 50, 1, {5, 7});
  const Tensor<float> x = to_rows(digits.train), noise({20, 784}, 0.3f);
  const Classifier a(x, is_seven(digits.train), 7, 2), b(x, is_seven(digits.train), 7, 2);
  EXPECT_EQ(a.read(noise), b.read(noise));
  EXPECT_EQ(a.read(to_rows(digits.test)), b.read(to_rows(digits.test)));
}

TEST(Classifier, SaysWhatDoesNotBelongTogether) {
  EXPECT_EQ(message_of<ShapeError>([] {
              Classifier(Tensor<float>({3, 784}), {0, 1}, 1, 1);
            }),
            "Classifier: images are (3, 784) but there are 2 classes; expected (N, 784) and N");
  EXPECT_EQ(message_of<ShapeError>([] {
              agreement({0, 1}, {1});
            }),
            "agreement: 2 readings of 1 images; expected as many, and at least one");
}

TEST(Agreement, IsTheShareOfEqualEntries) { EXPECT_EQ(agreement({0, 1, 1, 0}, {0, 1, 0, 0}), 0.75); }
