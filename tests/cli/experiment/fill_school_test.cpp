#include "cli/experiment/fill_school.hpp"

#include "files/fresh_folder.hpp"
#include "mend/data/stroke_digits.hpp"

using namespace mend;
using namespace mend::cli;

TEST(FillSchool, TrainsANetworkForEachSeedAndKeepsIt) {
  const auto folder = fresh_folder();
  const Dataset digits = stroke_digits(120, 20, 1, {5, 7});
  const Tensor<float> train = to_rows(digits.train), test = to_rows(digits.test);
  Mask mask(test.dim(0), 28, 28);
  for (std::size_t n = 0; n < test.dim(0); ++n) mask.cut(n, 8, 8, 10, 10);
  const Tensor<float> damaged = damage(test, mask);

  FillSchool school(train, "restorer", folder, {{"data", "strokes"}}, 1, true);
  const Tensor<float> one = school.restorer(1)(damaged, mask), two = school.restorer(2)(damaged, mask);
  EXPECT_NE(one, two);
  EXPECT_TRUE(std::filesystem::exists(folder / "restorer_1.safetensors"));
  const auto written = std::filesystem::last_write_time(folder / "restorer_1.safetensors");

  FillSchool another(train, "restorer", folder, {{"data", "strokes"}}, 1, true);
  EXPECT_EQ(another.restorer(1)(damaged, mask), one);
  EXPECT_EQ(std::filesystem::last_write_time(folder / "restorer_1.safetensors"), written)
      << "it was trained again";

  FillSchool of_other_data(train, "restorer", folder, {{"data", "other"}}, 1, true);
  of_other_data.restorer(1);
  EXPECT_NE(std::filesystem::last_write_time(folder / "restorer_1.safetensors"), written)
      << "it was taken for its own";
}
