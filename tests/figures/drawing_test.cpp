#include "mend/figures/drawing.hpp"

#include "files/fresh_folder.hpp"
#include "mend/figures/gnuplot.hpp"
#include "mend/files/atomic_file.hpp"
#include "mend/files/png.hpp"

using namespace mend;

namespace {

const std::string alt = "A rising line & \"nothing\" else <is> shown in this figure.";

Drawing line() {
  Drawing drawing{300, 200, "Where the numbers come from", alt, ""};
  drawing.commands = "reset\n" + drawing.margins(40, 30, 250, 140) +
                     drawing.words("a_b {x} ^2\nbelow", 40, 12, {14, "#000000", "left", true}) +
                     "unset key\nplot x\n";
  return drawing;
}

std::string after(const std::string& text, const std::string& mark) { return text.substr(text.find(mark)); }

}  // namespace

TEST(Drawing, CountsCharactersNotBytes) {
  EXPECT_EQ(characters(""), 0u);
  EXPECT_EQ(characters("abc"), 3u);
  EXPECT_EQ(characters("\u00e4\u2265\U0001f600"), 3u);
}

TEST(Drawing, BreaksLinesAtSpaces) {
  EXPECT_EQ(wrapped("", 10), "");
  EXPECT_EQ(wrapped("one two  three\nfour", 9), "one two\nthree\nfour");
  EXPECT_EQ(wrapped("unbreakable words", 3), "unbreakable\nwords");
  EXPECT_EQ(wrapped("\u00e4\u00e4 \u00e4\u00e4", 5), "\u00e4\u00e4 \u00e4\u00e4");
  EXPECT_EQ(lines_in(""), 0u);
  EXPECT_EQ(lines_in("one\ntwo"), 2u);
}

TEST(Drawing, AsksForAnAltText) {
  EXPECT_EQ(error_of([] { require_alt_text("save_chart", "a chart"); }),
            "save_chart: the alt text has 7 characters; tell in at least 40 what the figure shows");
  EXPECT_NO_THROW(require_alt_text("save_chart", std::string(40, 'x')));
}

TEST(Drawing, PlacesInPixelsFromTheTopLeft) {
  const Drawing drawing{200, 100, "", alt, ""};
  EXPECT_EQ(drawing.at(50, 25), "screen 0.25, screen 0.75");
  EXPECT_EQ(drawing.margins(50, 25, 100, 50),
            "set lmargin at screen 0.25; set rmargin at screen 0.75\n"
            "set tmargin at screen 0.75; set bmargin at screen 0.25\n");
  EXPECT_EQ(caption_height(drawing), 0);
  EXPECT_GT(caption_height(line()), line_height({11}));
}

TEST(Drawing, BecomesTwoPicturesAScriptAndATextAndNothingElse) {
  const auto folder = fresh_folder();
  save_drawing(folder / "line.1", line());
  for (const char* ending : {".svg", ".png", ".gp", ".alt.txt"})
    EXPECT_TRUE(std::filesystem::exists(folder / ("line.1" + std::string(ending)))) << ending;
  EXPECT_EQ(entries_in(folder), 4);
  EXPECT_EQ(read_file(folder / "line.1.alt.txt"), alt + "\n");
  const auto height = static_cast<std::size_t>(200 + caption_height(line()));
  EXPECT_EQ(load_png(folder / "line.1.png").shape(), Shape({2 * height, 600}));
  const std::string svg = read_file(folder / "line.1.svg");
  EXPECT_NE(
      svg.find(
          "<svg role=\"img\" aria-label=\"A rising line &amp; &quot;nothing&quot; else &lt;is> shown in this "
          "figure.\" width=\"300\" height=\"" +
          std::to_string(height) + "\""),
      std::string::npos);
  EXPECT_NE(svg.find("<title>A rising line &amp; "), std::string::npos);
  EXPECT_NE(svg.find("font-weight=\"bold\" >a_b {x} ^2</tspan>"), std::string::npos) << "bold, but literally";
  EXPECT_NE(svg.find(">Where the numbers come from<"), std::string::npos);
}

TEST(Drawing, IsRedrawnByItsScript) {
  const auto folder = fresh_folder();
  save_drawing(folder / "line", line());
  const std::string png = read_file(folder / "line.png"), svg = read_file(folder / "line.svg");
  std::filesystem::remove(folder / "line.png");
  std::filesystem::remove(folder / "line.svg");
  run_gnuplot(folder, "", "line.gp");
  EXPECT_EQ(read_file(folder / "line.png"), png);
  EXPECT_EQ(after(read_file(folder / "line.svg"), "<desc>"), after(svg, "<desc>"));
}

TEST(Drawing, KeepsTheOldPicturesWhenGnuplotFails) {
  const auto folder = fresh_folder();
  put(folder / "line.svg", "old");
  put(folder / "line.png", "old");
  Drawing drawing = line();
  drawing.commands += "this is no command\n";
  EXPECT_NE(error_of([&] { save_drawing(folder / "line", drawing); }).find("invalid command"),
            std::string::npos);
  EXPECT_EQ(read_file(folder / "line.svg"), "old");
  EXPECT_EQ(read_file(folder / "line.png"), "old");
  EXPECT_EQ(entries_in(folder), 4);
}
