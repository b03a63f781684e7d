#include "mend/tensor/shape.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "mend/tensor/error.hpp"
#include "message_of.hpp"

using namespace mend;

TEST(Shape, KnowsItsExtentsRankAndSize) {
  const Shape shape{2, 3, 28, 29};
  EXPECT_EQ(shape.rank(), 4u);
  EXPECT_EQ(shape.size(), 2u * 3 * 28 * 29);
  EXPECT_EQ(shape[0], 2u);
  EXPECT_EQ(shape[3], 29u);
  EXPECT_EQ(std::vector<std::size_t>(shape.begin(), shape.end()), (std::vector<std::size_t>{2, 3, 28, 29}));
}

TEST(Shape, IsEmptyAtFirst) {
  EXPECT_EQ(Shape(), Shape{0});
  EXPECT_EQ(Shape().size(), 0u);
}

TEST(Shape, OfNoAxesHasOneElement) {
  const Shape scalar(nullptr, 0);
  EXPECT_EQ(scalar.rank(), 0u);
  EXPECT_EQ(scalar.size(), 1u);
}

TEST(Shape, IsEqualInRankAndExtents) {
  EXPECT_EQ((Shape{2, 3}), (Shape{2, 3}));
  EXPECT_NE((Shape{2, 3}), (Shape{3, 2}));
  EXPECT_NE((Shape{6}), (Shape{6, 1}));
  EXPECT_NE((Shape{0, 3}), (Shape{0, 4}));
}

TEST(Shape, IsWrittenInParentheses) {
  EXPECT_EQ(to_string(Shape{128, 784}), "(128, 784)");
  EXPECT_EQ(to_string(Shape{7}), "(7)");
  EXPECT_EQ(to_string(Shape(nullptr, 0)), "()");
  std::ostringstream out;
  out << Shape{1, 2, 3};
  EXPECT_EQ(out.str(), "(1, 2, 3)");
}

TEST(Shape, SaysWhatIsWrong) {
  EXPECT_EQ(message_of<ShapeError>([] {
              Shape{1, 2, 3, 4, 5};
            }),
            "Shape: a tensor has at most 4 axes, not 5");
  EXPECT_EQ(message_of<ShapeError>([] { Shape({2, 3})[2]; }), "Shape: axis 2 of (2, 3), which has only 2");
  const std::size_t huge = std::size_t{1} << 40;
  EXPECT_EQ(message_of<ShapeError>([&] {
              Shape{huge, huge};
            }),
            "Shape: the number of elements does not fit into 64 bits");
}
