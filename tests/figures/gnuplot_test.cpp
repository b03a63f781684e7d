#include "mend/figures/gnuplot.hpp"

#include "figures/without_gnuplot.hpp"
#include "files/fresh_folder.hpp"
#include "mend/files/atomic_file.hpp"

using namespace mend;

TEST(Gnuplot, TakesTextLiterally) {
  const auto folder = fresh_folder();
  const std::string hostile = "it's `touch hacked` $(touch hacked) \"q\" @x \\n %d {a}_b^c # ; & \u2265 \\";
  put(folder / "echo.gp", "set print 'said.txt'\nprint " + gnuplot_text(hostile) + "\nprint " +
                              gnuplot_text("two\nlines") + "\nprint " + gnuplot_text("bell\a tab\t") + "\n");
  run_gnuplot(folder, "", "echo.gp");
  EXPECT_EQ(read_file(folder / "said.txt"), hostile + "\ntwo\nlines\nbell  tab \n");
  EXPECT_FALSE(std::filesystem::exists(folder / "hacked"));
}

TEST(Gnuplot, RunsWhatIsSaidFirst) {
  const auto folder = fresh_folder();
  put(folder / "echo.gp", "set print 'said.txt'\nprint x\n");
  run_gnuplot(folder, "x = " + gnuplot_number(0.1), "echo.gp");
  EXPECT_EQ(read_file(folder / "said.txt"), "0.1\n");
}

TEST(Gnuplot, PassesItsComplaintsOn) {
  const auto folder = fresh_folder();
  put(folder / "bad.gp", "\nplot 'no_such_file.csv'\n");
  const std::string error = error_of([&] { run_gnuplot(folder, "", "bad.gp"); });
  EXPECT_EQ(error.find("gnuplot failed on " + (folder / "bad.gp").string() + ":"), 0u) << error;
  EXPECT_NE(error.find("no_such_file.csv"), std::string::npos) << error;
}

TEST(Gnuplot, SaysHowToInstallIt) {
  const auto folder = fresh_folder();
  const WithoutGnuplot without(folder);
  const std::string error = error_of([&] { run_gnuplot(folder, "", "x.gp"); });
  EXPECT_EQ(error.find("gnuplot is not installed: apt-get install gnuplot-nox"), 0u) << error;
  EXPECT_NE(error.find((folder / "x.gp").string()), std::string::npos) << error;
}
