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
            "0.branch.weight  (40, 100)  complex 6.0e-01  central 6.0e-01  float 3.0e-08  FAIL\n"
            "  compared one by one: 64 of 4000 entries; all together: along random directions\n"
            "  judged by the slopes on both sides of a kink: 2\n"
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
                             .coordinates = 64}}};
  EXPECT_TRUE(report.passed());
  std::ostringstream out;
  out << report;
  EXPECT_TRUE(
      out.str().starts_with("12.weight  (784, 256)  complex 1.0e-17  central 2.0e-11  float 3.0e-08  OK\n"));
  std::istringstream lines(out.str());
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 80u) << line;
}

// Where nothing could be compared there is no error to print.

TEST(CheckReport, SaysNothingOfErrorsThatWereNotMeasured) {
  TensorCheck check{.name = "x", .shape = {5, 4}};
  check.complaint = "the gradient is (4, 5) but the tensor is (5, 4)";
  std::ostringstream out;
  out << CheckReport{{check}};
  EXPECT_EQ(out.str(),
            "x  (5, 4)  complex -        central -        FAIL\n"
            "  the gradient is (4, 5) but the tensor is (5, 4)\n");
}

TEST(CheckReport, OfNothingPasses) { EXPECT_TRUE(CheckReport().passed()); }

TEST(CheckReport, ExplainsWithoutADiagnosis) { EXPECT_EQ(explain("it is wrong", {}), "  it is wrong\n"); }
