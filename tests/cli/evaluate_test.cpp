#include "cli/evaluate.hpp"

#include <nlohmann/json.hpp>
#include <sstream>

#include "cli/trained_model.hpp"
#include "files/fresh_folder.hpp"
#include "mend/baselines/gaussian_fill.hpp"
#include "mend/baselines/leave_black.hpp"
#include "mend/baselines/mean_fill.hpp"
#include "mend/metrics/assignment_table.hpp"

using namespace mend;
using namespace mend::cli;

namespace {

std::string evaluated(const EvaluateCommand& command) {
  std::ostringstream out;
  evaluate(command, out);
  return out.str();
}

}  // namespace

TEST(Evaluate, SaysWhatIsMeasured) {
  const auto folder = ::fresh_folder();
  const Sequential<float> net = test::saved_model(folder / "model.safetensors");
  test::save_digits(folder / "digits", 60, 4);
  EvaluateCommand command{.model = folder / "model.safetensors", .data = (folder / "digits").string()};
  command.quick = command.json = true;
  const nlohmann::json found = nlohmann::json::parse(evaluated(command));

  const Dataset digits = stroke_digits(60, 4, 1, {5, 7});
  const Tensor<float> train = to_rows(digits.train), test = to_rows(digits.test);
  const auto network =
      measure_table([&](const Tensor<float>& damaged, const Mask&) { return net.predict(damaged); }, test, 1);
  const auto black = measure_table(leave_black, test, 1), mean = measure_table(MeanFill(train), test, 1),
             gaussian = measure_table(GaussianFill(train), test, 1);
  ASSERT_EQ(found["rows"].size(), 22u);
  for (std::size_t i = 0; i < 22; ++i) {
    const auto& row = found["rows"][i];
    EXPECT_EQ(row["mask"], short_name(network[i].stated));
    EXPECT_EQ(row["masked_share"], network[i].masked_share);
    EXPECT_EQ(row["network"]["whole"], network[i].error.raw.whole);
    EXPECT_EQ(row["network"]["hole"], network[i].error.raw.hole);
    EXPECT_EQ(row["network"]["ring"], network[i].error.raw.ring);
    EXPECT_EQ(row["network"]["known"], network[i].error.raw.known);
    EXPECT_EQ(row["network"]["composite"], network[i].error.composite.whole);
    EXPECT_EQ(row["leave_black"], black[i].error.composite.whole);
    EXPECT_EQ(row["mean_fill"], mean[i].error.composite.whole);
    EXPECT_EQ(row["gaussian_fill"], gaussian[i].error.composite.whole);
    EXPECT_EQ(row["stated"], network[i].stated.whole);
  }
  EXPECT_EQ(found["data"], "digits");
  EXPECT_EQ(found["trained_on"], "strokes");
  EXPECT_EQ(found["epochs"], 1);
  EXPECT_EQ(found["test_images"], 4);
  EXPECT_EQ(found["draws"], 1);

  command.json = false;
  const std::string text = evaluated(command);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1 + 2 + 22 + 1) << text;
  EXPECT_NE(text.find("horizontal stripe 21"), std::string::npos) << text;
}

// The checkpoint may be a stranger's.
TEST(Evaluate, QuotesWhatAModelSaysOfItselfOnOneLine) {
  const auto folder = ::fresh_folder();
  test::saved_model(folder / "model.safetensors", "\x1b[2J\n" + std::string(5000, 'x'));
  test::save_digits(folder / "digits", 60, 4);
  const std::string text =
      evaluated({.model = folder / "model.safetensors", .data = (folder / "digits").string(), .quick = true});
  EXPECT_NE(text.find("on \\x1b[2J\\x0axxx"), std::string::npos) << text;
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_LT(text.size(), 5000u);
}
