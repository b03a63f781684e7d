#include "mend/figures/chart_layout.hpp"

#include <cmath>

#include "files/fresh_folder.hpp"

using namespace mend;

namespace {

Series series(const std::string& name, std::vector<double> x, std::vector<double> y, Mark mark = Mark::line) {
  return {name, std::move(x), std::move(y), {}, {}, mark};
}

Chart chart_of(std::vector<Series> list) { return {"title", "x", "y", std::move(list)}; }

}  // namespace

TEST(ChartLayout, HoldsEveryPointAndInterval) {
  Chart chart = chart_of({series("a", {-2, 5}, {1, 3})});
  chart.series[0].low = {0.5, 2};
  chart.series[0].high = {2, 4};
  chart.levels = {{"far", 7}};
  const Panel panel = laid_out({chart}, 0).panels[0];
  EXPECT_LE(panel.x.low, -2);
  EXPECT_GE(panel.x.high, 5);
  EXPECT_LE(panel.y.low, 0.5);
  EXPECT_GT(panel.y.high, 7);
}

TEST(ChartLayout, BeginsAtZeroWhenZeroIsNear) {
  EXPECT_EQ(laid_out({chart_of({series("a", {0, 1}, {0.1, 1})})}, 0).panels[0].y.low, 0);
  EXPECT_GT(laid_out({chart_of({series("a", {0, 1}, {0.9, 1})})}, 0).panels[0].y.low, 0.8);
  EXPECT_LT(laid_out({chart_of({series("a", {0, 1}, {-1, 1})})}, 0).panels[0].y.low, -1);
  EXPECT_EQ(laid_out({chart_of({series("a", {0, 1}, {0.9, 1}, Mark::bars)})}, 0).panels[0].y.low, 0);
  EXPECT_EQ(laid_out({chart_of({series("a", {0, 1}, {-2, -1}, Mark::bars)})}, 0).panels[0].y.high, 0);
  const Range nothing =
      laid_out({chart_of({series("a", {0, NAN, 1}, {0, 0, 0}, Mark::bars)})}, 0).panels[0].y;
  EXPECT_EQ(nothing.low, 0);
  EXPECT_GT(nothing.high, 0);
}

TEST(ChartLayout, NeedsAPoint) {
  EXPECT_EQ(error_of([] {
              laid_out({chart_of({series("a", {0, NAN}, {NAN, 1})})}, 0);
            }),
            "save_chart: panel 'title' has nothing to draw: no point has a finite x and y");
}

TEST(ChartLayout, GivesBothAxesTheSameScale) {
  Chart wide = chart_of({series("a", {0, 100}, {0, 1}, Mark::points)});
  Chart tall = chart_of({series("a", {0, 1}, {0, 100}, Mark::points)});
  for (Chart chart : {wide, tall}) {
    chart.same_scale = true;
    const Layout layout = laid_out({chart}, 0);
    const Panel& panel = layout.panels[0];
    EXPECT_NEAR((panel.x.high - panel.x.low) / layout.plot_width,
                (panel.y.high - panel.y.low) / layout.plot_height, 1e-12);
    EXPECT_LE(panel.x.low, 0);
    EXPECT_GE(panel.y.high, chart.series[0].y[1]);
  }
}

TEST(ChartLayout, BreaksTheLegendWhereItEnds) {
  Chart chart = chart_of({});
  for (int i = 0; i < 8; ++i)
    chart.series.push_back(series(i == 3 ? "" : "a name of some length", {0, 1}, {0, 1}));
  const Layout layout = laid_out({chart}, 0);
  const std::vector<LegendEntry> entries = layout.legend(chart);
  ASSERT_EQ(entries.size(), 7u) << "a series without a name has no entry";
  for (std::size_t i = 1; i < entries.size(); ++i) {
    const bool same_row = entries[i].row == entries[i - 1].row;
    EXPECT_TRUE(same_row ? entries[i].x > entries[i - 1].x
                         : entries[i].row == entries[i - 1].row + 1 && entries[i].x == 0);
    EXPECT_LT(entries[i].x, layout.plot_width);
  }
  EXPECT_GT(entries.back().row, 0u);
  EXPECT_GT(layout.top, legend_row * static_cast<double>(entries.back().row + 1)) << "it lies above the axes";
}

TEST(ChartLayout, NamesOfLevelsDoNotOverlap) {
  Chart chart = chart_of({series("a", {0, 1}, {0, 1})});
  chart.levels = {{"one", 0.5}, {"two", 0.5}, {"three of two lines", 0.501}, {"four", 0.0}, {"five", 0.001}};
  const Layout layout = laid_out({chart}, 0);
  const std::vector<double> places = level_places(layout.panels[0], layout.plot_height);
  for (std::size_t i = 0; i < places.size(); ++i) {
    EXPECT_GT(places[i], 0);
    EXPECT_LE(places[i], layout.plot_height);
    for (std::size_t j = 0; j < i; ++j) EXPECT_GE(std::abs(places[i] - places[j]), line_height(level_style));
  }
  EXPECT_NEAR(places[3], layout.plot_height, line_height(level_style)) << "near its line";
}

TEST(ChartLayout, PutsPanelsIntoColumns) {
  const std::vector<Chart> charts(5, chart_of({series("a", {0, 1}, {0, 1})}));
  EXPECT_EQ(laid_out(charts, 0).columns, 5u);
  EXPECT_EQ(laid_out(charts, 2).columns, 2u);
  EXPECT_EQ(laid_out({charts[0]}, 3).columns, 1u);
}

TEST(ChartLayout, NamesCategories) {
  Chart chart = chart_of({series("a", {0, 1, 2}, {1, 2, 3}, Mark::bars)});
  chart.categories = {"stripes", "patch", "a long name in several words that must be broken"};
  const Panel panel = laid_out({chart}, 0).panels[0];
  ASSERT_EQ(panel.x_ticks.size(), 3u);
  EXPECT_EQ(panel.x_ticks[1].at, 1);
  EXPECT_EQ(panel.x_ticks[1].label, "patch");
  EXPECT_GT(lines_in(panel.x_ticks[2].label), 1u);
  EXPECT_DOUBLE_EQ(panel.bar_width, 0.8);
}
