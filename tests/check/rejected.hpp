#pragma once

#include <gtest/gtest.h>

#include <string>

#include "mend/check/report.hpp"

// What the tests of the checks share.
namespace mend {

/// Expects that the tensor of this name is the only one rejected (all when it is empty), for this cause, and that the
/// report on it contains the text.
inline void expect_rejected(const CheckReport& report, const std::string& tensor, Cause cause,
                            const std::string& text = "") {
  EXPECT_FALSE(report.passed()) << report;
  for (const TensorCheck& t : report.tensors) {
    if (tensor.empty() || t.name == tensor) {
      EXPECT_FALSE(t.passed()) << t.name << " should be rejected\n" << report;
      EXPECT_STREQ(name_of(t.diagnosis.cause), name_of(cause)) << report;
      EXPECT_NE((t.complaint + t.diagnosis.sentence).find(text), std::string::npos)
          << "expected: " << text << "\n"
          << report;
    } else {
      EXPECT_EQ(t.complaint, "") << t.name << " is innocent\n" << report;
    }
  }
}

}  // namespace mend
