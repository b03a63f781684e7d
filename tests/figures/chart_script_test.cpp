#include "mend/figures/chart_script.hpp"

#include <gtest/gtest.h>

#include <set>

using namespace mend;

namespace {

// The plot elements in the script of one panel, that begin with the name of the table.
std::vector<std::string> elements(const Chart& chart, std::size_t first_row = 0) {
  const Layout layout = laid_out({chart}, 0);
  std::string script = chart_script({800, 400, "", "", ""}, layout, 0, "x.csv", first_row);
  std::vector<std::string> list;
  for (std::size_t at; (at = script.find("'x.csv'")) != std::string::npos; script = script.substr(at + 1))
    list.push_back(script.substr(at, script.find('\n', at) - at));
  return list;
}

std::string word_after(const std::string& text, const std::string& key) {
  const std::size_t at = text.find(key);
  return at == std::string::npos
             ? ""
             : text.substr(at + key.size(), text.find(' ', at + key.size()) - at - key.size());
}

}  // namespace

TEST(ChartScript, SeriesDifferInColourAndInDashAndInMarker) {
  Chart chart;
  for (int i = 0; i < 12; ++i) chart.series.push_back({"s", {0, 1}, {0, 1}, {}, {}, Mark::line_points});
  std::set<std::string> colours, dashes, markers, pairs;
  const auto list = elements(chart);
  ASSERT_EQ(list.size(), 12u);
  for (std::size_t i = 0; i < 12; ++i) {
    const std::string colour = word_after(list[i], "lc rgb "), marker = word_after(list[i], " pt ");
    if (i < 6) {
      colours.insert(colour);
      dashes.insert(word_after(list[i], " dt "));
      markers.insert(marker);
    }
    pairs.insert(colour + marker);
  }
  EXPECT_EQ(colours.size(), 6u);
  EXPECT_EQ(dashes.size(), 6u);
  EXPECT_EQ(markers.size(), 6u);
  EXPECT_EQ(pairs.size(), 12u);
}

TEST(ChartScript, FindsTheRowsOfEachSeries) {
  Chart chart;
  for (const std::size_t size : {3u, 0u, 2u})
    chart.series.push_back({"s", std::vector<double>(size, 1), std::vector<double>(size, 1)});
  const auto list = elements(chart, 10);
  ASSERT_EQ(list.size(), 2u) << "an empty series is not plotted";
  EXPECT_NE(list[0].find("every ::10::12 "), std::string::npos) << list[0];
  EXPECT_NE(list[1].find("every ::13::14 "), std::string::npos) << list[1];
}

TEST(ChartScript, IntervalsAreBandsOrErrorBars) {
  const auto with = [](Mark mark) {
    Chart chart;
    chart.series = {{"s", {0, 1}, {1, 2}, {0.5, 1.5}, {2, 3}, mark}};
    return elements(chart);
  };
  EXPECT_NE(with(Mark::line)[0].find("filledcurves"), std::string::npos) << "the band lies below the line";
  EXPECT_NE(with(Mark::line)[1].find("lines"), std::string::npos);
  EXPECT_NE(with(Mark::points)[0].find("vectors heads"), std::string::npos);
  EXPECT_NE(with(Mark::bars)[0].find("boxes"), std::string::npos) << "error bars lie on the bars";
  EXPECT_NE(with(Mark::bars)[1].find("vectors heads"), std::string::npos);
}

TEST(ChartScript, ManyPointsAreSmallAndLetOthersShineThrough) {
  const auto with = [](std::size_t size) {
    Chart chart;
    chart.series = {{"s", std::vector<double>(size, 1), std::vector<double>(size, 1), {}, {}, Mark::points}};
    return elements(chart)[0];
  };
  EXPECT_NE(with(10).find("lc rgb '#0072B2'"), std::string::npos);
  EXPECT_NE(with(2000).find("lc rgb '#700072B2'"), std::string::npos);
  EXPECT_LT(std::stod(word_after(with(2000), " ps ")), std::stod(word_after(with(10), " ps ")));
}

TEST(ChartScript, SetsTitlesLabelsAndLevels) {
  Chart chart{"The title", "epoch", "error", {{"network", {0, 1}, {1, 2}}}, {{"baseline", 1.5}}};
  const std::string script = chart_script({800, 400, "", "", ""}, laid_out({chart}, 0), 0, "x.csv", 0);
  for (const char* text :
       {"'{/:Bold The title}'", "'epoch'", "'error'", "'network'", "'baseline'", "first 1.5 to graph 1"})
    EXPECT_NE(script.find(text), std::string::npos) << text;
}
