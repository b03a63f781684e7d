#include "mend/check/diagnosis.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "mend/check/gradient_check.hpp"
#include "mend/tensor/ops.hpp"

using namespace mend;

namespace {

Tensor<double> truth() {
  Random random(1);
  return random_normal({5, 3}, random);
}

}  // namespace

TEST(Diagnosis, OfAGradientThatWasNeverSet) {
  EXPECT_EQ(diagnose(Tensor<double>({5, 3}), truth()),
            "it is zero everywhere, as if backward had never set it");
}

TEST(Diagnosis, OfAWrongSign) { EXPECT_EQ(diagnose(truth() * -1, truth()), "its sign is wrong everywhere"); }

TEST(Diagnosis, OfOneFactor) {
  EXPECT_EQ(diagnose(truth() * 5, truth()), "everywhere it is 5 times what it should be");
  EXPECT_EQ(diagnose(truth() * (1.0 / 3), truth()), "everywhere it is 1/3 times what it should be");
  EXPECT_EQ(diagnose(truth() * -2, truth()), "everywhere it is -2 times what it should be");
  EXPECT_EQ(diagnose(truth() * 1.001, truth()), "everywhere it is 1.001 times what it should be");
}

TEST(Diagnosis, NamesTheWorstCoordinate) {
  Tensor<double> wrong = truth(), right = truth();
  right(4, 2) = 1.25;
  wrong(4, 2) = 0.25;
  wrong(0, 1) += 0.01;
  EXPECT_EQ(diagnose(wrong, right),
            "2 of 15 coordinates are wrong, worst (4, 2): 0.25 instead of 1.25, off by -1");
}

TEST(Diagnosis, FindsNaN) {
  Tensor<double> wrong = truth(), right = truth();
  right(2, 0) = 1.5;
  wrong(2, 0) = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(diagnose(wrong, right),
            "1 of 15 coordinates are wrong, worst (2, 0): nan instead of 1.5, off by nan");
}

TEST(Diagnosis, RefusesOtherShapes) { EXPECT_THROW(diagnose(truth(), Tensor<double>({3, 5})), ShapeError); }

TEST(Diagnosis, NamesCoordinatesOfAnyRank) {
  EXPECT_EQ(coordinate_name({4}, 3), "(3)");
  EXPECT_EQ(coordinate_name({5, 3}, 14), "(4, 2)");
  EXPECT_EQ(coordinate_name({2, 3, 4, 5}, 119), "(1, 2, 3, 4)");
  EXPECT_EQ(coordinate_name({2, 3, 4, 5}, 27), "(0, 1, 1, 2)");
  EXPECT_THROW(coordinate_name({5, 3}, 15), ShapeError);
}

TEST(Diagnosis, SaysNumbersShortly) {
  EXPECT_EQ(say(0.25), "0.25");
  EXPECT_EQ(say(1.0 / 3), "0.3333");
  EXPECT_EQ(say(-1.23456e-9), "-1.235e-09");
}
