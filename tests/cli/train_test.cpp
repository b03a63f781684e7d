#include "cli/train.hpp"

#include "cli/trained_model.hpp"
#include "files/fresh_folder.hpp"
#include "mend/files/atomic_file.hpp"

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
  void TearDown() override { testing::internal::GetCapturedStdout(); }

  std::string error() {
    return error_of([&] { train(command); });
  }

  std::filesystem::path folder;
  TrainCommand command;
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
  EXPECT_EQ(read_file(command.out), before);
  put(command.out, before.substr(0, before.size() / 2));
  EXPECT_NE(error().find("whole.safetensors"), std::string::npos);
  EXPECT_EQ(read_file(command.out), before.substr(0, before.size() / 2));
}

TEST_F(Train, FindsOutBeforeTheWorkThatNothingCanBeWritten) {
  put(folder / "file", "");
  command.out = folder / "file" / "x.safetensors";
  EXPECT_NE(error().find("output folder"), std::string::npos);
  std::filesystem::create_directory(folder / "closed");
  command.out = folder / "closed" / "x.safetensors";
  const ReadOnly closed(folder / "closed");
  EXPECT_NE(error().find("cannot write into the output folder"), std::string::npos);
}
