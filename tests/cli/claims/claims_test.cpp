#include "cli/claims/claims.hpp"

#include "mend/files/atomic_file.hpp"
#include "message_of.hpp"

using namespace mend;
using namespace mend::cli;

namespace {

std::vector<Claim> two_claims() {
  return {{.number = 1,
           .statement = "It is so",
           .test = "a < 1 | b",
           .data = "none",
           .finding = "0.5, \"well\"",
           .interval = Interval{0.5, 0.25, 0.75},
           .verdict = Verdict::holds},
          {.number = 2,
           .statement = "And <so>",
           .test = "t",
           .data = "d",
           .finding = "f",
           .verdict = Verdict::does_not_hold}};
}

}  // namespace

TEST(Claims, AreTheSameAfterAWayThroughAFile) {
  const std::string text = claims_csv(two_claims()).text();
  const std::vector<Claim> back = claims_from_csv(CsvTable(text));
  EXPECT_EQ(claims_csv(back).text(), text);
  EXPECT_FALSE(back[1].interval.has_value());
  EXPECT_EQ(back[0].interval->high, 0.75);
}

TEST(Claims, AreCountedByVerdict) {
  EXPECT_NE(claims_html(two_claims()).find("Of 2 statements 1 hold, 1 do not, and 0 cannot be told."),
            std::string::npos);
}

TEST(Claims, KeepTextsFromBecomingMarkup) {
  EXPECT_NE(claims_markdown(two_claims()).find("a < 1 \\| b"), std::string::npos);
  EXPECT_NE(claims_html(two_claims()).find("And &lt;so&gt;"), std::string::npos);
}

// What the last full experiment found; tests run in the project's root folder.
TEST(PublishedClaims, AreThePageOfTheSite) {
  const std::vector<Claim> claims = claims_from_csv(load_csv("docs/results/claims.csv"));
  EXPECT_EQ(read_file("docs/claims.md"), claims_markdown(claims))
      << "docs/claims.md and docs/results/claims.csv differ: ./do experiment writes both";
  ASSERT_EQ(claims.size(), 32u);
  for (std::size_t i = 0; i < claims.size(); ++i) {
    EXPECT_EQ(claims[i].number, static_cast<int>(i) + 1);
    for (const std::string& text : {claims[i].statement, claims[i].test, claims[i].data, claims[i].finding})
      EXPECT_FALSE(text.empty()) << "claim " << i + 1;
  }
}

// Verdicts that follow from counting and from the assignment's own table, whatever was trained.
TEST(PublishedClaims, AgreeWithWhatCanBeCountedByHand) {
  const std::vector<Claim> claims = claims_from_csv(load_csv("docs/results/claims.csv"));
  EXPECT_EQ(claims[0].verdict, Verdict::holds);            // 11,686 and 1,920 images
  EXPECT_EQ(claims[1].verdict, Verdict::does_not_hold);    // 3,922 parameters, not 1.2 million
  EXPECT_EQ(claims[2].verdict, Verdict::does_not_hold);    // 400,784, not 530,000
  EXPECT_EQ(claims[4].verdict, Verdict::does_not_hold);    // the mean image has 0.06
  EXPECT_EQ(claims[6].verdict, Verdict::holds);            // the masked percentages
  EXPECT_EQ(claims[7].verdict, Verdict::does_not_hold);    // 5 of 22 labels
  EXPECT_EQ(claims[31].verdict, Verdict::cannot_be_told);  // nobody knows the machine
}
