#include "cli/train.hpp"

#include "cli/digits.hpp"
#include "cli/lost_units.hpp"
#include "cli/model.hpp"
#include "cli/trained_model.hpp"
#include "files/fresh_folder.hpp"
#include "mend/files/atomic_file.hpp"
#include "mend/files/safetensors.hpp"

using namespace mend;
using namespace mend::cli;

namespace {

// 130 images, two batches an epoch.
class Train : public testing::Test {
 protected:
  void SetUp() override {
    folder = ::fresh_folder();
    test::save_digits(folder / "digits", 130, 4);
    command.data = (folder / "digits").string();
    command.epochs = 3;
    command.quiet = true;
    command.out = folder / "whole.safetensors";
    testing::internal::CaptureStdout();
  }
  void TearDown() override {
    if (printed_) return;
    const std::string text = printed();
    if (HasFailure()) std::cout << text;  // GoogleTest's own words among it
  }
  std::string printed() {
    printed_ = true;
    return testing::internal::GetCapturedStdout();
  }

  std::string error() {
    return error_of([&] { train(command); });
  }

  std::filesystem::path folder;
  TrainCommand command;

 private:
  bool printed_ = false;
};

}  // namespace

TEST_F(Train, GoesOnForMoreEpochsToTheBytesOfOneTraining) {
  EXPECT_EQ(train(command), 0);
  command.out = folder / "made" / "parts.safetensors";
  command.resume = true;  // there is nothing yet
  for (const std::size_t epochs : {1u, 2u, 3u, 3u, 1u}) {
    command.epochs = epochs;
    EXPECT_EQ(train(command), 0);
  }
  EXPECT_EQ(read_file(command.out), read_file(folder / "whole.safetensors"));
}

TEST_F(Train, WritesOverNoOtherTraining) {
  EXPECT_EQ(train(command), 0);
  const std::string before = read_file(command.out);
  EXPECT_NE(error().find("is there already: go on with it by --resume"), std::string::npos);
  command.resume = true;
  command.seed = 1;
  EXPECT_NE(error().find("it says '0' of its seed, expected '1'"), std::string::npos);
  command.seed = 0;
  test::save_digits(folder / "digits", 131, 4);
  EXPECT_NE(error().find("it says '130' of its images, expected '131'"), std::string::npos);
  // As many images, under the same name, but others.
  std::filesystem::remove_all(folder / "digits");
  test::save_digits(folder / "digits", 130, 5);
  EXPECT_NE(error().find(" of its images checksum, expected '"), std::string::npos) << error();
  EXPECT_EQ(read_file(command.out), before);
  put(command.out, before.substr(0, before.size() / 2));
  EXPECT_NE(error().find("whole.safetensors"), std::string::npos);
  EXPECT_EQ(read_file(command.out), before.substr(0, before.size() / 2));
}

TEST_F(Train, FindsOutBeforeTheWorkThatNothingCanBeWritten) {
  for (const char* no_file : {"", "digits", "new/"}) {
    command.out = *no_file == '\0' ? "" : folder / no_file;
    EXPECT_NE(error().find("expected the name of a file after --out"), std::string::npos) << no_file;
  }
  EXPECT_FALSE(std::filesystem::exists(folder / "new"));
  put(folder / "file", "");
  command.out = folder / "file" / "x.safetensors";
  EXPECT_NE(error().find("output folder"), std::string::npos);
  std::filesystem::create_directory(folder / "closed");
  command.out = folder / "closed" / "x.safetensors";
  const ReadOnly closed(folder / "closed");
  EXPECT_NE(error().find("cannot write into the output folder"), std::string::npos);
}

// The checkpoint may be a stranger's.
TEST_F(Train, QuotesWhatACheckpointSaysOfItselfOnOneLine) {
  EXPECT_EQ(train(command), 0);
  Safetensors content = load_safetensors(command.out);
  content.metadata["preprocessing.seed"] = "\x1b[2J\n" + std::string(5000, 'x');
  save_safetensors(command.out, content);
  command.resume = true;
  EXPECT_NE(error().find("it says '\\x1b[2J\\x0axxx"), std::string::npos) << error();
  EXPECT_LT(error().size(), 1000u);
}

TEST_F(Train, ReportsUnitsThatNoLongerLearn) {
  EXPECT_EQ(train(command), 0);
  const Model model = load_model(command.out);
  const std::string lost = lost_units(model.net, load_digits({.data = command.data}).test);
  const std::string text = printed();
  EXPECT_NE(lost, "") << "four test images leave some units dark";
  EXPECT_EQ(text.substr(text.size() - lost.size()), lost);
}
