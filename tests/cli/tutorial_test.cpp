#include "cli/tutorial.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <limits>
#include <stdexcept>

#include "files/fresh_folder.hpp"
#include "mend/tensor/error.hpp"

using namespace mend::cli;
namespace fs = std::filesystem;

namespace {

// What a run of a tutorial left behind.
struct Outcome {
  int status = 0;
  bool body_ran = false;
  Tutorial seen;  // as the body got it
  std::string out, err;
};

using Body = std::function<void(Tutorial&)>;

// Runs the program 07_example with the arguments, and --out in a fresh folder unless `with_out` is false.
Outcome run(
    std::vector<std::string> arguments, const Body& body = [](Tutorial&) {}, bool with_out = true) {
  arguments.insert(arguments.begin(), "/somewhere/07_example");
  if (with_out) arguments.insert(arguments.end(), {"--out", (fresh_folder() / "made" / "here").string()});
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);

  Outcome result;
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  result.status =
      run_tutorial(static_cast<int>(arguments.size()), argv.data(), "An example", [&](Tutorial& t) {
        result.body_ran = true;
        result.seen = t;
        body(t);
      });
  result.out = testing::internal::GetCapturedStdout();
  result.err = testing::internal::GetCapturedStderr();
  return result;
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

void expect_one_line(const std::string& text) {
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1) << text;
  EXPECT_EQ(text.back(), '\n');
  EXPECT_EQ(text.rfind("07_example: ", 0), 0u) << text;
}

void expect_usage_error(const Outcome& result, const std::string& part) {
  EXPECT_EQ(result.status, 2);
  EXPECT_FALSE(result.body_ran);
  expect_one_line(result.err);
  EXPECT_TRUE(contains(result.err, part)) << result.err;
  EXPECT_TRUE(contains(result.err, "07_example --help")) << result.err;
}

TEST(Tutorial, DefaultsReachTheBody) {
  const Outcome result = run({});
  EXPECT_EQ(result.status, 0);
  EXPECT_TRUE(result.body_ran);
  EXPECT_FALSE(result.seen.quick);
  EXPECT_EQ(result.seen.data, "");
  EXPECT_EQ(result.seen.seed, 1u);
  EXPECT_EQ(result.seen.full_or_quick(50, 2), 50);
  EXPECT_EQ(result.out + result.err, "");
  EXPECT_EQ(Tutorial{}.out, "outputs");
}

TEST(Tutorial, OptionsReachTheBody) {
  const Outcome result = run({"--quick", "--data", "strokes", "--seed", "18446744073709551615"});
  EXPECT_EQ(result.status, 0);
  EXPECT_TRUE(result.seen.quick);
  EXPECT_EQ(result.seen.data, "strokes");
  EXPECT_EQ(result.seen.seed, std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(result.seen.full_or_quick(50, 2), 2);
}

TEST(Tutorial, OutputFolderIsMadeAndLeftClean) {
  const Outcome result = run({}, [](Tutorial& t) {
    EXPECT_TRUE(fs::is_directory(t.out));
    EXPECT_TRUE(fs::is_empty(t.out));
    EXPECT_EQ(t.file("07_figure"), t.out / "07_figure");
  });
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(result.seen.out.filename(), "here");
}

TEST(Tutorial, HelpNamesTheTutorialAndEveryOption) {
  const Outcome result = run({"--help"});
  EXPECT_EQ(result.status, 0);
  EXPECT_FALSE(result.body_ran);
  for (const char* part : {"An example", "07_example", "--quick", "--data WHERE", "--out DIR", "--seed N"})
    EXPECT_TRUE(contains(result.out, part)) << part << " is not in\n" << result.out;
}

TEST(Tutorial, WrongUsageIsOneLineAndStatusTwo) {
  expect_usage_error(run({"--quik"}), "--quik");
  expect_usage_error(run({"quick"}), "quick");
  expect_usage_error(run(
                         {"--data"}, [](Tutorial&) {}, false),
                     "--data");
  expect_usage_error(run({"--seed", "-3"}), "found '-3'");
  expect_usage_error(run({"--seed", "1.5"}), "found '1.5'");
  expect_usage_error(run({"--seed", "18446744073709551616"}), "expected a whole number");
  expect_usage_error(run({"--seed", "many"}), "--seed");
}

TEST(Tutorial, ShapesThatAgreeArePrinted) {
  const Outcome result = run({}, [](Tutorial& t) {
    t.show_shape("x", "(N, H W)", {64, 784});  // H and W are not known yet
    t.show_shape("W", "(784, D)", {784, 2});
    t.show_shape("y", "(N, D)", {64, 2});
    t.show_shape("image", "(H, W)", {28, 28});
    t.show_shape("rows", "(N', H W)", {5, 784});
    t.show_number("draws", 5);
  });
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(result.out,
            "SHAPE x (N, H W) = (64, 784)\n"
            "SHAPE W (784, D) = (784, 2)\n"
            "SHAPE y (N, D) = (64, 2)\n"
            "SHAPE image (H, W) = (28, 28)\n"
            "SHAPE rows (N', H W) = (5, 784)\n"
            "SHAPE draws = 5\n");
}

TEST(Tutorial, ShapesThatContradictEachOtherFailTheProgram) {
  const auto fails = [](const Body& body, const std::string& words) {
    const Outcome result = run({}, body);
    EXPECT_EQ(result.status, 1) << words;
    EXPECT_TRUE(contains(result.out, words + ": FAILED\n")) << result.out;
  };
  fails([](Tutorial& t) { t.show_shape("x", "(N, 783)", {64, 784}); }, "(64, 784), but 783 is 783");
  fails([](Tutorial& t) { t.show_shape("x", "(N)", {64, 784}); }, "which has another rank");
  fails([](Tutorial& t) { t.show_shape("x", "(N, D, E)", {64, 784}); }, "which has another rank");
  fails(
      [](Tutorial& t) {
        t.show_shape("x", "(N, D)", {64, 784});
        t.show_shape("y", "(N, D)", {63, 784});
      },
      "(63, 784), but N is 64");
  fails(
      [](Tutorial& t) {
        t.show_shape("image", "(H, W)", {28, 28});
        t.show_shape("row", "(H W)", {783});
      },
      "(783), but H W is 784");
}

TEST(Tutorial, ExpectationInsideItsBandPasses) {
  const Outcome result = run({}, [](Tutorial& t) {
    t.expect("middle", 0.5, 0, 1);
    t.expect("low_end", 0, 0, 1);
    t.expect("high_end", 1e-9, 0, 1e-9);
  });
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(result.out,
            "EXPECT middle 0.5 in [0, 1] OK\n"
            "EXPECT low_end 0 in [0, 1] OK\n"
            "EXPECT high_end 1e-09 in [0, 1e-09] OK\n");
  EXPECT_EQ(result.err, "");
}

TEST(Tutorial, ExpectationOutsideItsBandFailsTheProgram) {
  const Outcome result = run({}, [](Tutorial& t) {
    t.expect("too_high", 1.25, 0, 1);
    t.expect("fine", 0.5, 0, 1);  // does not make up for it
  });
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(result.out,
            "EXPECT too_high 1.25 in [0, 1] FAILED\n"
            "EXPECT fine 0.5 in [0, 1] OK\n");
  expect_one_line(result.err);
}

TEST(Tutorial, NotANumberIsOutsideEveryBand) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const Outcome result = run({}, [](Tutorial& t) {
    t.expect("lost", std::numeric_limits<double>::quiet_NaN(), -infinity, infinity);
  });
  EXPECT_EQ(result.status, 1);
  EXPECT_TRUE(contains(result.out, "FAILED"));
}

TEST(Tutorial, ErrorsAreOneLineAndStatusOne) {
  const Outcome ours =
      run({}, [](Tutorial&) { throw mend::ShapeError("matmul: x is (2, 3) but W is (4, 5): 3 != 4"); });
  EXPECT_EQ(ours.status, 1);
  EXPECT_EQ(ours.err, "07_example: matmul: x is (2, 3) but W is (4, 5): 3 != 4\n");
  const Outcome other = run({}, [](Tutorial&) { throw std::out_of_range("beyond the end"); });
  EXPECT_EQ(other.status, 1);
  EXPECT_EQ(other.err, "07_example: beyond the end\n");
}

TEST(Tutorial, OutputFolderThatCannotBeMadeIsAnError) {
  const fs::path file = fresh_folder() / "a_file";
  std::ofstream(file) << "in the way";
  for (const fs::path& out : {file, file / "below", fs::path("")}) {
    const Outcome result = run(
        {"--out", out.string()}, [](Tutorial&) {}, false);
    EXPECT_EQ(result.status, 1) << out;
    EXPECT_FALSE(result.body_ran);
    expect_one_line(result.err);
    EXPECT_TRUE(contains(result.err, out.string())) << result.err;
    EXPECT_TRUE(contains(result.err, "--out DIR")) << result.err;
  }
}

}  // namespace
