#include "mend/data/stroke_digits.hpp"

#include <algorithm>
#include <iostream>
#include <set>

#include "data/idx_fixture.hpp"
#include "mend/tensor/ops.hpp"

using namespace mend;

namespace {

constexpr std::size_t area = 28 * 28;

double ink(const Tensor<float>& rows) { return sum(rows) / static_cast<float>(rows.size()); }

// The class whose mean training image is nearest to each test image: how often it is the right one.
double nearest_mean_accuracy(const Dataset& data) {
  const Tensor<float> train = to_rows(data.train), test = to_rows(data.test);
  std::vector<std::vector<double>> mean(10, std::vector<double>(area));
  std::vector<double> count(10);
  for (std::size_t n = 0; n < train.dim(0); ++n) {
    ++count[data.train.labels[n]];
    for (std::size_t i = 0; i < area; ++i) mean[data.train.labels[n]][i] += train(n, i);
  }
  double right = 0;
  for (std::size_t n = 0; n < test.dim(0); ++n) {
    std::vector<double> distance(10);
    for (std::size_t digit = 0; digit < 10; ++digit)
      for (std::size_t i = 0; i < area; ++i) {
        const double difference = test(n, i) - mean[digit][i] / count[digit];
        distance[digit] += difference * difference;
      }
    right += std::min_element(distance.begin(), distance.end()) - distance.begin() == data.test.labels[n];
  }
  return right / static_cast<double>(test.dim(0));
}

}  // namespace

TEST(StrokeDigits, AreWhatWasAskedFor) {
  const Dataset data = stroke_digits(7, 3, 1, {5, 7});
  EXPECT_EQ(data.name, "stroke digits");
  EXPECT_EQ(data.class_names, (std::vector<std::string>{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}));
  EXPECT_EQ(data.train.pixels.shape(), (Shape{7, 28, 28}));
  EXPECT_EQ(data.train.labels, (std::vector<std::uint8_t>{5, 7, 5, 7, 5, 7, 5}));
  EXPECT_EQ(data.test.pixels.shape(), (Shape{3, 28, 28}));
  EXPECT_EQ(data.test.labels, (std::vector<std::uint8_t>{5, 7, 5}));
}

TEST(StrokeDigits, AreDecidedByTheSeed) {
  const Dataset data = stroke_digits(30, 10, 1);
  EXPECT_EQ(stroke_digits(30, 10, 1).train.pixels, data.train.pixels);
  EXPECT_EQ(stroke_digits(30, 10, 1).test.pixels, data.test.pixels);
  EXPECT_NE(stroke_digits(30, 10, 2).train.pixels, data.train.pixels);
  EXPECT_NE(slice_rows(data.train.pixels, 0, 10), data.test.pixels);
  EXPECT_EQ(slice_rows(stroke_digits(50, 0, 1).train.pixels, 0, 30),
            data.train.pixels);  // a longer one begins alike
}

TEST(StrokeDigits, AreAllDifferent) {
  const Dataset data = stroke_digits(2000, 500, 3);
  std::set<std::vector<std::uint8_t>> seen;
  for (const Images* images : {&data.train, &data.test})
    for (std::size_t n = 0; n < images->labels.size(); ++n) {
      const std::uint8_t* image = images->pixels.data() + n * area;
      seen.emplace(image, image + area);
    }
  EXPECT_EQ(seen.size(), 2500u);
}

// MNIST's training fives and sevens have .1211 on average, all its digits .1307.
TEST(StrokeDigits, HaveAsMuchInkAsMnist) {
  EXPECT_NEAR(ink(to_rows(stroke_digits(4000, 0, 1, {5, 7}).train)), .1211, .006);
  EXPECT_NEAR(ink(to_rows(stroke_digits(4000, 0, 1).train)), .1307, .006);
}

TEST(StrokeDigits, ReachBlackAndWhiteAndLeaveTheBorderBlack) {
  const Tensor<std::uint8_t> pixels = stroke_digits(2000, 0, 4).train.pixels;
  for (std::size_t n = 0; n < pixels.dim(0); ++n) {
    std::uint8_t darkest = 255, lightest = 0, border = 0;
    for (std::size_t y = 0; y < 28; ++y)
      for (std::size_t x = 0; x < 28; ++x) {
        const std::uint8_t v = pixels[(n * 28 + y) * 28 + x];
        darkest = std::min(darkest, v);
        lightest = std::max(lightest, v);
        if (x % 27 == 0 || y % 27 == 0) border = std::max(border, v);
      }
    EXPECT_EQ(darkest, 0);
    EXPECT_GE(lightest, 150) << n;  // the thinnest pen between two pixels
    EXPECT_EQ(border, 0) << n;
  }
}

TEST(StrokeDigits, AreCentredByMass) {
  const Dataset data = stroke_digits(1000, 0, 5);
  double mean_x = 0, mean_y = 0;
  for (std::size_t n = 0; n < 1000; ++n) {
    double mass = 0, x_moment = 0, y_moment = 0;
    for (std::size_t i = 0; i < area; ++i) {
      const double v = data.train.pixels[n * area + i];
      mass += v;
      x_moment += v * static_cast<double>(i % 28);
      y_moment += v * static_cast<double>(i / 28);
    }
    EXPECT_NEAR(x_moment / mass, 13.5, 4) << n;
    EXPECT_NEAR(y_moment / mass, 13.5, 4) << n;
    mean_x += x_moment / mass / 1000;
    mean_y += y_moment / mass / 1000;
  }
  EXPECT_NEAR(mean_x, 13.5, .2);
  EXPECT_NEAR(mean_y, 13.5, .2);
}

// A nearest-mean classifier gets 82 % of MNIST right. These must be as easy to tell apart, not ten stamps.
TEST(StrokeDigits, CanBeToldApartButNotTooEasily) {
  const double accuracy = nearest_mean_accuracy(stroke_digits(3000, 1000, 6));
  EXPECT_GT(accuracy, .85);
  EXPECT_LT(accuracy, .995);
  std::cout << "nearest mean: " << 100 * accuracy << " % right\n";
}

TEST(StrokeDigits, RefuseWhatIsNoDigit) {
  test::expect_error([] { stroke_digits(1, 1, 1, {}); }, {"at least one class"});
  test::expect_error([] { stroke_digits(1, 1, 1, {5, 10}); }, {"0 to 9", "found 10"});
}
