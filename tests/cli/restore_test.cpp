#include "cli/restore.hpp"

#include <sstream>

#include "cli/trained_model.hpp"
#include "files/fresh_folder.hpp"
#include "mend/files/png.hpp"

using namespace mend;
using namespace mend::cli;

namespace {

using Pixels = Tensor<std::uint8_t>;

// A folder with a model, a digit of 28 x 28 and one of 280 x 280, and masks of both sizes.
class Restore : public testing::Test {
 protected:
  void SetUp() override {
    folder = ::fresh_folder();
    net = test::saved_model(folder / "model.safetensors");
    digit = stroke_digits(1, 1, 2, {7}).train.pixels.reshaped({28, 28});
    hole = Pixels({28, 28});
    for (std::size_t i = 0; i < 28; ++i)
      for (std::size_t j = 12; j < 17; ++j) hole(i, j) = 255;
    save_png(folder / "digit.png", digit);
    save_png(folder / "hole.png", hole);
    save_png(folder / "large.png", enlarged(digit));
    save_png(folder / "large_hole.png", enlarged(hole));
    command.model = folder / "model.safetensors";
    command.pictures = {folder / "digit.png"};
    command.mask = folder / "hole.png";
    command.out = folder / "out.png";
  }

  static Pixels enlarged(const Pixels& small) {
    Pixels large({280, 280});
    for (std::size_t i = 0; i < 280; ++i)
      for (std::size_t j = 0; j < 280; ++j) large(i, j) = small(i / 10, j / 10);
    return large;
  }
  static Pixels inverted(Pixels pixels) {
    return map(std::move(pixels), [](std::uint8_t v) { return static_cast<std::uint8_t>(255 - v); });
  }

  // What the network says of the digit with its hole black, to the nearest grey level.
  Pixels answer() const {
    Tensor<float> damaged({1, 784});
    for (std::size_t p = 0; p < 784; ++p) damaged[p] = hole[p] != 0 ? 0 : static_cast<float>(digit[p]) / 255;
    const Tensor<float> y = net.predict(damaged);
    Pixels pixels({28, 28});
    for (std::size_t p = 0; p < 784; ++p) pixels[p] = static_cast<std::uint8_t>(std::lround(255 * y[p]));
    return pixels;
  }

  Pixels restored() {
    restore(command, log, warnings);
    return load_png(folder / "out.png");
  }
  std::string error() {
    return error_of([&] { restore(command, log, warnings); });
  }

  std::filesystem::path folder;
  Sequential<float> net;
  Pixels digit, hole;
  RestoreCommand command;
  std::ostringstream log, warnings;
};

}  // namespace

TEST_F(Restore, FillsTheHoleWithTheNetworksAnswerAndKeepsTheRest) {
  command.as_is = true;
  const Pixels result = restored(), expected = answer();
  for (std::size_t p = 0; p < 784; ++p) EXPECT_EQ(result[p], hole[p] != 0 ? expected[p] : digit[p]) << p;
  EXPECT_NE(log.str().find("140 of 784 pixels were missing"), std::string::npos) << log.str();
  EXPECT_EQ(warnings.str(), "");
}

TEST_F(Restore, WritesTheAnswerItselfWhenAsked) {
  command.as_is = command.raw = true;
  EXPECT_EQ(restored(), answer());
}

TEST_F(Restore, FitsLargePicturesOfEitherPolarity) {
  command.pictures = {folder / "large.png"};
  command.mask = folder / "large_hole.png";
  const Pixels light_on_dark = restored();
  ASSERT_EQ(light_on_dark.shape(), Shape({28, 28}));
  save_png(folder / "inverted.png", inverted(enlarged(digit)));
  command.pictures = {folder / "inverted.png"};
  const Pixels dark_on_light = restored();
  for (std::size_t p = 0; p < 784; ++p) EXPECT_NEAR(dark_on_light[p], 255 - light_on_dark[p], 1) << p;
}

// What the hole hides must not matter: black, white or noise.
TEST_F(Restore, NeverLooksIntoTheHole) {
  const Pixels before = restored();
  for (std::size_t p = 0; p < 784; ++p)
    if (hole[p] != 0) digit[p] = static_cast<std::uint8_t>(31 * p);
  save_png(folder / "digit.png", digit);
  EXPECT_EQ(restored(), before);
}

TEST_F(Restore, PutsSeveralIntoAFolderOrNone) {
  std::filesystem::create_directory(folder / "in");
  save_png(folder / "in" / "second.png", digit);
  command.pictures.push_back(folder / "in" / "second.png");
  command.out = folder / "results";
  restore(command, log, warnings);
  EXPECT_EQ(load_png(folder / "results" / "digit.png"), load_png(folder / "results" / "second.png"));
  // The second cannot be read: the first is not written either.
  std::filesystem::remove_all(folder / "results");
  put(folder / "in" / "second.png", "no PNG");
  EXPECT_NE(error().find("second.png as PNG"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(folder / "results"));
}

TEST_F(Restore, MakesAFolderOfANameThatEndsAsOne) {
  command.out = (folder / "made" / "").string();
  restore(command, log, warnings);
  EXPECT_EQ(load_png(folder / "made" / "digit.png").shape(), (Shape{28, 28}));
  command.out = "";
  EXPECT_NE(error().find("expected a file or a folder after --out, found nothing"), std::string::npos);
}

// All or none: what cannot be written is found before the first is.
TEST_F(Restore, WritesNoneWhenAFolderIsInTheWayOfOne) {
  save_png(folder / "second.png", digit);
  command.pictures.push_back(folder / "second.png");
  command.out = folder / "results";
  std::filesystem::create_directories(folder / "results" / "second.png");
  EXPECT_NE(error().find("second.png is a folder"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(folder / "results" / "digit.png"));
}

TEST_F(Restore, WritesOverNothingThatItReads) {
  command.out = folder / "." / "digit.png";
  EXPECT_NE(error().find("would be written over"), std::string::npos);
  for (const char* read : {"hole.png", "model.safetensors"}) {
    command.out = folder / read;
    EXPECT_NE(error().find("would be written over"), std::string::npos) << read;
  }
  std::filesystem::create_directory(folder / "in");
  save_png(folder / "in" / "digit.png", digit);
  command.pictures.push_back(folder / "in" / "digit.png");
  command.out = folder / "results";
  EXPECT_NE(error().find("another result"), std::string::npos);
  command.out = folder / "results.png";
  EXPECT_NE(error().find("is no folder"), std::string::npos);
  EXPECT_EQ(load_png(folder / "digit.png"), digit);
}

TEST_F(Restore, WarnsOfAMaskThatIsProbablyTheWrongWayRound) {
  save_png(folder / "hole.png", inverted(hole));
  command.as_is = true;
  restored();
  EXPECT_NE(warnings.str().find("82 % of"), std::string::npos) << warnings.str();
  EXPECT_NE(warnings.str().find("white is to mean known"), std::string::npos) << warnings.str();
  warnings.str("");
  save_png(folder / "hole.png", Pixels({28, 28}, 127));  // grey below 128: known
  EXPECT_EQ(restored(), digit);
  EXPECT_NE(warnings.str().find("no hole"), std::string::npos) << warnings.str();
}

TEST_F(Restore, RefusesWhatDoesNotBelongTogether) {
  command.mask = folder / "large_hole.png";
  EXPECT_NE(error().find("is 28 x 28 pixels, but its mask"), std::string::npos);
  command.pictures = {folder / "large.png"};
  command.as_is = true;
  EXPECT_NE(error().find("expected 28 x 28 with --as-is"), std::string::npos);
  command.as_is = false;
  save_png(folder / "large.png", Pixels({280, 280}, 9));
  EXPECT_NE(error().find("large.png: normalise_digit: all known pixels have the grey level 9"),
            std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(folder / "out.png"));
}
