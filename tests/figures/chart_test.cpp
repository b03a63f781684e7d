#include "mend/figures/chart.hpp"

#include <algorithm>
#include <cmath>

#include "figures/without_gnuplot.hpp"
#include "files/fresh_folder.hpp"
#include "mend/files/atomic_file.hpp"
#include "mend/files/png.hpp"

using namespace mend;

namespace {

const std::string alt = "The error falls from 3 to 1 within three epochs and never rises.";

Chart falling() { return {"Error", "epoch", "MSE", {{"network", {1, 2, 3}, {3, 2, 1}}}}; }

std::string error_for(const Chart& chart) {
  const auto folder = fresh_folder();
  const std::string error = error_of([&] { save_chart(folder / "figure", {chart}, alt); });
  EXPECT_EQ(entries_in(folder), 0) << "nothing is written";
  return error;
}

}  // namespace

TEST(SaveChart, WritesTheNumbersBesideThePicture) {
  const auto folder = fresh_folder();
  Chart a = falling(), b{"", "x", "y", {{"say \"hi\", you", {0.1}, {1.0 / 3}, {0}, {NAN}, Mark::points}}};
  a.series[0].y[1] = NAN;
  save_chart(folder / "figure", {a, b}, alt, "by hand");
  EXPECT_EQ(read_file(folder / "figure.csv"),
            "panel,series,x,y,low,high\n"
            "Error,network,1,3,,\n"
            "Error,network,2,,,\n"
            "Error,network,3,1,,\n"
            "2,\"say 'hi', you\",0.1,0.3333333333333333,0,\n");
  EXPECT_EQ(read_file(folder / "figure.alt.txt"), alt + "\n");
  EXPECT_EQ(entries_in(folder), 5);
  EXPECT_NE(read_file(folder / "figure.svg").find("by hand"), std::string::npos);
}

TEST(SaveChart, DrawsEveryMarkOnEveryAxis) {
  const auto folder = fresh_folder();
  std::vector<Chart> panels;
  for (const Mark mark : {Mark::line, Mark::points, Mark::line_points, Mark::bars}) {
    Chart chart = falling();
    chart.series[0].mark = mark;
    chart.series[0].low = {2, 1, 0.5};
    chart.series[0].high = {4, 3, INFINITY};
    chart.levels = {{"baseline", 2.5}};
    panels.push_back(chart);
  }
  panels[0].log_x = panels[0].log_y = true;
  panels[1].same_scale = true;
  panels[3].categories = {"zero", "one_two", "two", "three"};
  save_chart(folder / "figure", panels, alt, "", 2);
  const auto pixels = load_png(folder / "figure.png");
  const auto ink = std::count_if(pixels.begin(), pixels.end(), [](auto p) { return p < 128; });
  EXPECT_GT(ink, 5000) << "the picture is nearly empty";
  EXPECT_EQ(pixels[0], 255) << "the ground is white";
  EXPECT_NE(read_file(folder / "figure.svg").find(">one_two<"), std::string::npos);
}

// One line from corner to corner: the axes lie where the layout says, and the line breaks where a number is missing.
TEST(SaveChart, BreaksALineAtAGap) {
  const auto folder = fresh_folder();
  const auto blue_pixels = [&](double middle) {
    save_chart(folder / "figure", {{"", "", "", {{"", {0, 1, 2, 3, 4}, {1, 1, middle, 1, 1}}}}}, alt);
    const auto pixels = load_png(folder / "figure.png");
    return std::count_if(pixels.begin(), pixels.end(), [](auto p) { return p > 80 && p < 120; });
  };
  EXPECT_LT(static_cast<double>(blue_pixels(NAN)), 0.8 * static_cast<double>(blue_pixels(1)));
}

TEST(SaveChart, DrawsTheSameBytesAgain) {
  const auto folder = fresh_folder();
  for (const char* name : {"first", "again"}) {
    std::filesystem::create_directory(folder / name);
    save_chart(folder / name / "figure", {falling()}, alt);
  }
  for (const char* ending : {"csv", "gp", "svg", "png"})
    EXPECT_EQ(read_file(folder / "first" / (std::string("figure.") + ending)),
              read_file(folder / "again" / (std::string("figure.") + ending)))
        << ending;
}

TEST(SaveChart, RefusesWhatItCannotDraw) {
  const std::string series = "save_chart: series 'network' of panel 'Error'";
  Chart chart = falling();
  chart.series[0].x.pop_back();
  EXPECT_EQ(error_for(chart), series + " has 2 x but 3 y");
  chart = falling();
  chart.series[0].low = {1, 1};
  chart.series[0].high = {4, 4};
  EXPECT_EQ(error_for(chart), series + " has 3 y but 2 low and 2 high");
  chart = falling();
  chart.series[0].low = {1, 1, 1};
  EXPECT_EQ(error_for(chart), series + " has 3 y but 3 low and 0 high");
  chart = falling();
  chart.log_y = true;
  chart.series[0].y[2] = 0;
  EXPECT_EQ(error_for(chart),
            series + " has 0 on the logarithmic y axis; only values above 0 have a place there");
  chart = falling();
  chart.log_y = true;
  chart.series[0].low = {1, 1, -1};
  chart.series[0].high = {4, 4, 4};
  EXPECT_EQ(error_for(chart),
            series + " has -1 on the logarithmic y axis; only values above 0 have a place there");
  chart = falling();
  chart.log_x = true;
  chart.series[0].x[0] = -2;
  EXPECT_EQ(error_for(chart),
            series + " has -2 on the logarithmic x axis; only values above 0 have a place there");
  chart = falling();
  chart.log_y = true;
  chart.levels = {{"zero", 0}};
  EXPECT_EQ(
      error_for(chart),
      "save_chart: level 'zero' has 0 on the logarithmic y axis; only values above 0 have a place there");
  chart = falling();
  chart.log_y = true;
  chart.series[0].mark = Mark::bars;
  EXPECT_EQ(error_for(chart),
            series + " has bars; their length and width mean something on linear axes only");
  chart = falling();
  chart.levels = {{"lost", NAN}};
  EXPECT_EQ(error_for(chart), "save_chart: level 'lost' is not a finite number");
  chart = falling();
  chart.log_x = chart.same_scale = true;
  EXPECT_EQ(error_for(chart), "save_chart: panel 'Error' has a logarithmic axis and so no common scale");
  chart = falling();
  chart.series.clear();
  EXPECT_EQ(error_for(chart), "save_chart: panel 'Error' has nothing to draw: no point has a finite x and y");
  EXPECT_EQ(error_of([] { save_chart("figure", {}, alt); }), "save_chart: there is no panel to draw");
  EXPECT_EQ(error_of([] { save_chart("figure", {falling()}, "too short"); }),
            "save_chart: the alt text has 9 characters; tell in at least 40 what the figure shows");
}

TEST(SaveChart, LeavesDataAndScriptWhenGnuplotIsMissing) {
  const auto folder = fresh_folder();
  const WithoutGnuplot without(folder);
  const std::string error = error_of([&] { save_chart(folder / "figure", {falling()}, alt); });
  EXPECT_EQ(error.find("gnuplot is not installed: apt-get install gnuplot-nox"), 0u) << error;
  EXPECT_TRUE(std::filesystem::exists(folder / "figure.csv"));
  EXPECT_TRUE(std::filesystem::exists(folder / "figure.gp"));
  EXPECT_EQ(entries_in(folder), 3) << "with the alt text";
}

TEST(SaveChart, LeavesAReadOnlyFolderAlone) {
  const auto folder = fresh_folder();
  std::string error;
  {
    const ReadOnly read_only(folder);
    error = error_of([&] { save_chart(folder / "figure", {falling()}, alt); });
  }
  EXPECT_EQ(error, "cannot write " + (folder / "figure.csv").string() + ": Permission denied");
  EXPECT_EQ(entries_in(folder), 0);
  EXPECT_NE(error_of([&] { save_chart(folder / "none" / "figure", {falling()}, alt); }).find("No such file"),
            std::string::npos);
}
