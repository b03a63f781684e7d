#include "mend/check/report.hpp"

#include <gtest/gtest.h>

#include <sstream>

using namespace mend;

TEST(CheckReport, HasALinePerTensorAndExplainsWhatFailed) {
  const CheckReport report{
      {{.name = "x", .shape = {5, 4}, .complex_error = 1e-17, .central_error = 2e-11, .coordinates = 20},
       {.name = "0.branch.weight",
        .shape = {40, 100},
        .complex_error = 0.6,
        .central_error = 0.6,
        .float_error = 3e-8,
        .coordinates = 64,
        .kinks = 2,
        .complaint = "differs from the complex step by 0.6, where 1e-12 is allowed",
        .diagnosis = {Cause::over_n,
                      "every entry is 1/4 of what it should be, and the batch has that many rows; "
                      "the loss divides by N, a layer never does"}}}};
  EXPECT_FALSE(report.passed());
  std::ostringstream out;
  out << report;
  EXPECT_EQ(out.str(),
            "x                (5, 4)     complex 1.0e-17  central 2.0e-11  OK\n"
            "0.branch.weight  (40, 100)  complex 6.0e-01  central 6.0e-01  float 3.0e-08  sample 64  kinks 2 "
            " FAIL\n"
            "  differs from the complex step by 0.6, where 1e-12 is allowed\n"
            "  diagnosis: over N: every entry is 1/4 of what it should be, and the batch has\n"
            "    that many rows; the loss divides by N, a layer never does\n"
            "  read: tutorial 03, \"Who divides by N?\"\n");
}

TEST(CheckReport, FitsInto80Columns) {
  const CheckReport report{{{.name = "12.weight",
                             .shape = {784, 256},
                             .complex_error = 1e-17,
                             .central_error = 2e-11,
                             .float_error = 3e-8,
                             .coordinates = 784 * 256}}};
  EXPECT_TRUE(report.passed());
  std::ostringstream out;
  out << report;
  EXPECT_EQ(out.str(), "12.weight  (784, 256)  complex 1.0e-17  central 2.0e-11  float 3.0e-08  OK\n");
  EXPECT_LE(out.str().size(), 81u);
}

TEST(CheckReport, OfNothingPasses) { EXPECT_TRUE(CheckReport().passed()); }

TEST(CheckReport, ExplainsWithoutADiagnosis) { EXPECT_EQ(explain("it is wrong", {}), "  it is wrong\n"); }
