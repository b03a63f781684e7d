#include "mend/training/train_fill_restorer.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>

#include "mend/data/stroke_digits.hpp"
#include "mend/tensor/ops.hpp"
#include "mend/tensor/parallel.hpp"
#include "mend/training/checkpoint.hpp"
#include "message_of.hpp"

using namespace mend;

namespace {

// Generated fives and sevens, with holes, and as many again that are held out.
struct TrainFillRestorer : testing::Test {
  static constexpr HoleOptions holes{.smallest = 6, .largest = 8, .share = 1};
  static inline Tensor<float> train, held_out;
  static inline std::shared_ptr<const GaussianFill> fill;
  static inline std::vector<FilledImages> epochs;
  static inline FilledImages held_out_filled;

  static void SetUpTestSuite() {
    const Dataset digits = stroke_digits(2000, 200, 1, {5, 7});
    const Tensor<float> all = to_rows(digits.train);
    fill = std::make_shared<const GaussianFill>(slice_rows(all, 0, 800));  // others than the network's
    train = slice_rows(all, 800, 1200);
    held_out = to_rows(digits.test);
    Random random(1, "masks");
    epochs = fill_epochs(*fill, train, 3, random, holes);
    held_out_filled = fill_random_holes(*fill, held_out, random, holes);
  }
  static FillRestorerOptions options(std::size_t how_many_epochs) {
    FillRestorerOptions how;
    how.epochs = how_many_epochs;
    how.width = 128;
    how.batch_size = 16;
    how.learning_rate = 1e-3;
    how.quiet = true;
    how.validation = &held_out;
    how.validation_filled = &held_out_filled;
    return how;
  }
  static std::vector<Tensor<float>> weights(const FillRestorer& restorer) {
    std::vector<Tensor<float>> all;
    for (const Parameter<float>* p : restorer.net().parameters()) all.push_back(p->value);
    return all;
  }
};

}  // namespace

TEST_F(TrainFillRestorer, BeatsTheGaussianFillOnHeldOutImages) {
  const double gaussian = correction_loss(*fill, held_out, held_out_filled);
  const History history = train_fill_restorer(fill, train, epochs, options(6)).history;
  ASSERT_EQ(history.size(), 6u);
  EXPECT_LT(history.back().validation_loss, .985 * gaussian);
}

TEST_F(TrainFillRestorer, HasTheSameBytesForTheSameSeedAndAnyNumberOfThreads) {
  const std::size_t before = threads();
  set_threads(1);
  const auto one = weights(train_fill_restorer(fill, held_out, {held_out_filled}, options(1)).restorer);
  set_threads(2);
  const auto two = weights(train_fill_restorer(fill, held_out, {held_out_filled}, options(1)).restorer);
  set_threads(before);
  EXPECT_EQ(one, two);
  FillRestorerOptions other = options(1);
  other.seed = 2;
  EXPECT_NE(weights(train_fill_restorer(fill, held_out, {held_out_filled}, other).restorer), one);
}

// Each image of the loss: sum of e^2 over the hole, divided by sqrt(sum of s^2).
TEST_F(TrainFillRestorer, MinimisesTheErrorOverTheRootOfWhatTheGaussianExpects) {
  double expected = 0;
  for (std::size_t n = 0; n < 200; ++n) {
    const Tensor<float> s = held_out_filled.scale({n});
    double squares = 0, variance = 0;
    for (std::size_t d = 0; d < 784; ++d) {
      const double e = held_out_filled.filled(n, d) - held_out(n, d);
      squares += e * e;
      variance += static_cast<double>(s[d]) * s[d];
    }
    expected += squares / std::sqrt(variance) / 200;
  }
  EXPECT_NEAR(correction_loss(*fill, held_out, held_out_filled), expected, 1e-4 * expected);
}

TEST_F(TrainFillRestorer, ComesBackFromACheckpoint) {
  const FillRestorer trained = train_fill_restorer(fill, held_out, {held_out_filled}, options(1)).restorer;
  const std::filesystem::path path =
      std::filesystem::path(testing::TempDir()) / "mend_train_fill_restorer_test.safetensors";
  save_checkpoint(path, {trained.net()});
  Random init(9);
  const auto net = std::make_shared<Sequential<float>>(correction_network(784, 128, 2, init));
  const FillRestorer loaded(fill, net);
  TrainingState state{loaded.net()};
  load_checkpoint(path, state);
  std::filesystem::remove(path);
  Mask mask(200, 28, 28);
  for (std::size_t n = 0; n < 200; ++n) mask.cut(n, 5, 8, 12, 12);
  EXPECT_EQ(loaded(held_out, mask), trained(held_out, mask));
}

TEST_F(TrainFillRestorer, SaysWhatIsWrong) {
  EXPECT_EQ(message_of<Error>([] { train_fill_restorer(fill, train, {}, options(1)); }),
            "train_fill_restorer: expected a fill and at least 1 epoch of filled images to train for");
  EXPECT_THROW(train_fill_restorer(nullptr, train, epochs, options(1)), Error);
  EXPECT_THROW(train_fill_restorer(fill, train, epochs, options(0)), Error);
  EXPECT_THROW(train_fill_restorer(fill, held_out, epochs, options(1)), ShapeError);
  EXPECT_THROW(correction_loss(*fill, train, held_out_filled), ShapeError);
  FilledImages fewer = held_out_filled;
  fewer.mask_of.pop_back();
  EXPECT_EQ(message_of<ShapeError>([&] { correction_loss(*fill, held_out, fewer); }),
            "correction_loss: 199 numbers of masks for images (200, 784)");
  FillRestorerOptions half = options(1);
  half.validation_filled = nullptr;
  EXPECT_EQ(message_of<Error>([&] { train_fill_restorer(fill, train, epochs, half); }),
            "train_fill_restorer: expected validation images with and without holes, found one of them");
}
