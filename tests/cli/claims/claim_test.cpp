#include "cli/claims/claim.hpp"

#include "mend/tensor/error.hpp"
#include "message_of.hpp"

using namespace mend;
using namespace mend::cli;

TEST(Verdict, ABoundIsKeptOnlyWithTheWholeInterval) {
  EXPECT_EQ(verdict_below({1, 0.5, 1.5}, 2), Verdict::holds);
  EXPECT_EQ(verdict_below({1, 0.5, 2.5}, 2), Verdict::cannot_be_told) << "the estimate alone decides nothing";
  EXPECT_EQ(verdict_below({3, 2.5, 3.5}, 2), Verdict::does_not_hold);
  EXPECT_EQ(verdict_above({3, 2.5, 3.5}, 2), Verdict::holds);
  EXPECT_EQ(verdict_above({3, 1.5, 3.5}, 2), Verdict::cannot_be_told);
  EXPECT_EQ(verdict_above({1, 0.5, 1.5}, 2), Verdict::does_not_hold);
}

TEST(Verdict, ARangeIsKeptLikewise) {
  EXPECT_EQ(verdict_within({0, -1, 1}, -2, 2), Verdict::holds);
  EXPECT_EQ(verdict_within({0, -3, 1}, -2, 2), Verdict::cannot_be_told);
  EXPECT_EQ(verdict_within({0, -3, 3}, -2, 2), Verdict::cannot_be_told);
  EXPECT_EQ(verdict_within({4, 3, 5}, -2, 2), Verdict::does_not_hold);
  EXPECT_EQ(verdict_within({-4, -5, -3}, -2, 2), Verdict::does_not_hold);
}

TEST(Verdict, OfAllPartsIsThatOfTheWorst) {
  using enum Verdict;
  EXPECT_EQ(all_of({holds, holds}), holds);
  EXPECT_EQ(all_of({holds, cannot_be_told}), cannot_be_told);
  EXPECT_EQ(all_of({cannot_be_told, does_not_hold}), does_not_hold);
  EXPECT_EQ(verdict_if(true), holds);
  EXPECT_EQ(verdict_if(false), does_not_hold);
}

TEST(Verdict, IsTextAndBack) {
  for (const Verdict v : {Verdict::holds, Verdict::does_not_hold, Verdict::cannot_be_told})
    EXPECT_EQ(verdict_from_string(to_string(v)), v);
  EXPECT_EQ(message_of<Error>([] { verdict_from_string("perhaps"); }),
            "verdict_from_string: expected holds, does not hold or cannot be told, found 'perhaps'");
}
