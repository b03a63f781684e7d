#include "mend/figures/image_grid.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "figures/without_gnuplot.hpp"
#include "files/fresh_folder.hpp"
#include "mend/files/atomic_file.hpp"
#include "mend/files/png.hpp"

using namespace mend;

namespace {

const std::string alt = "The restored digits look like the originals; the errors are small.";

// The tiles of a grid of pictures of one pixel each, 224 wide: rows of the colours that they must have.
Tensor<std::uint8_t> expected(const std::vector<std::vector<std::array<std::uint8_t, 3>>>& rows) {
  const std::size_t frame = 2, gap = 8, size = 224, step = size + 2 * frame + gap, columns = rows[0].size();
  Tensor<std::uint8_t> canvas({rows.size() * step, columns * step, 3}, 255);
  for (std::size_t y = 0; y < canvas.dim(0); ++y)
    for (std::size_t x = 0; x < canvas.dim(1); ++x) {
      const std::size_t near = std::min(y % step, x % step), far = std::max(y % step, x % step);
      if (near < gap / 2 || far >= step - gap / 2) continue;
      const bool inside = near >= gap / 2 + frame && far < gap / 2 + frame + size;
      for (std::size_t c = 0; c < 3; ++c)
        canvas(y, x, c) = inside ? rows[y / step][x / step][c] : std::uint8_t{150};
    }
  return canvas;
}

std::string error_for(const std::vector<GridRow>& rows, const std::vector<std::string>& labels = {}) {
  const auto folder = fresh_folder();
  const std::string error = error_of([&] { save_image_grid(folder / "grid", rows, labels, alt, "", 2, 2); });
  EXPECT_EQ(entries_in(folder), 0) << "nothing is written";
  return error;
}

}  // namespace

TEST(SaveImageGrid, ColoursValues) {
  const auto path = fresh_folder() / "grid";
  const Tensor<float> grey({5, 1, 1}, {0, 0.4f, 1, -3, 7}), error({5, 1}, {0, -1, 1, -0.5f, 9});
  save_image_grid(path, {{"grey", grey}, {"error", error, true}}, {}, alt, "", 1, 1);
  EXPECT_EQ(
      read_file(path.string() + ".tiles.png"),
      encode_png(expected({{{0, 0, 0}, {102, 102, 102}, {255, 255, 255}, {0, 0, 0}, {255, 255, 255}},
                           {{255, 255, 255}, {0, 114, 178}, {213, 94, 0}, {128, 185, 217}, {213, 94, 0}}})));
}

TEST(SaveImageGrid, FlagsWhatIsNotANumber) {
  const auto path = fresh_folder() / "grid";
  save_image_grid(path, {{"", Tensor<float>({3, 1, 1}, {NAN, 0, 1})}}, {}, alt, "seed 1", 1, 1);
  EXPECT_EQ(read_file(path.string() + ".tiles.png"),
            encode_png(expected({{{255, 0, 255}, {0, 0, 0}, {255, 255, 255}}})));
  EXPECT_NE(read_file(path.string() + ".svg").find("seed 1 \u00b7 magenta: not a number"), std::string::npos);
}

TEST(SaveImageGrid, KeepsTheNumbersBehindThePictures) {
  const auto path = fresh_folder() / "grid";
  const Tensor<float> grey({2, 1, 2}, {0, 0.4f, 1, -3}), error({2, 1, 2}, {NAN, -1, 1, -0.5f});
  save_image_grid(path, {{"grey", grey}, {"error", error, true}}, {"a, b", "c"}, alt, "", 1, 2);
  EXPECT_EQ(read_file(path.string() + ".csv"),
            "row,column,pixel 0,pixel 1\n"
            "grey,\"a, b\",0,0.4\n"
            "grey,c,1,-3\n"
            "error,\"a, b\",,-1\n"
            "error,c,1,-0.5\n");
}

// Each pixel of a tile is found unchanged in the large picture: no smoothing, no shift.
TEST(SaveImageGrid, DrawsCrispPixels) {
  const auto path = fresh_folder() / "grid";
  Tensor<float> images({3, 4, 6});
  for (std::size_t i = 0; i < images.size(); ++i) images[i] = i % 2 ? 1.0f : 0.0f;
  save_image_grid(path, {{"row", images}, {"other row", images}}, {"a", "b", "c"}, alt, "caption", 4, 6);
  const auto tiles = load_png(path.string() + ".tiles.png"), picture = load_png(path.string() + ".png");
  bool found = false;
  for (std::size_t top = 0; top + tiles.dim(0) <= picture.dim(0) && !found; ++top)
    for (std::size_t left = 0; left + tiles.dim(1) <= picture.dim(1) && !found; ++left) {
      found = true;
      for (std::size_t y = 1; y + 1 < tiles.dim(0) && found; ++y)  // but for the outermost white
        found = std::equal(tiles.data() + y * tiles.dim(1) + 1, tiles.data() + (y + 1) * tiles.dim(1) - 1,
                           picture.data() + (top + y) * picture.dim(1) + left + 1);
    }
  EXPECT_TRUE(found);
}

TEST(SaveImageGrid, WritesWordsAndAltText) {
  const auto folder = fresh_folder();
  const Tensor<float> images({2, 784});
  save_image_grid(folder / "grid", {{"original", images}, {"error", images, true}}, {"stripes", "patch"}, alt,
                  "MNIST, seed 1");
  EXPECT_EQ(entries_in(folder), 6);
  const std::string svg = read_file(folder / "grid.svg");
  for (const char* word :
       {">original<", ">error<", ">stripes<", ">patch<",
        ">MNIST, seed 1 \u00b7 blue \u22121, white 0, orange +1<", "data:image/png;base64,"})
    EXPECT_NE(svg.find(word), std::string::npos) << word;
  EXPECT_EQ(read_file(folder / "grid.alt.txt"), alt + "\n");
}

TEST(SaveImageGrid, RefusesWhatDoesNotFit) {
  const Tensor<float> two({2, 2, 2}), three({3, 2, 2});
  EXPECT_EQ(error_for({}), "save_image_grid: there is no picture to draw");
  EXPECT_EQ(error_for({{"none", Tensor<float>({0, 2, 2})}}), "save_image_grid: there is no picture to draw");
  EXPECT_EQ(error_for({{"a", two}, {"b", three}}),
            "save_image_grid: row 'b' has 3 pictures, but row 'a' has 2");
  EXPECT_EQ(error_for({{"a", Tensor<float>({2, 3, 2})}}),
            "save_image_grid: row 'a' is (2, 3, 2), but (N, 2, 2) was expected");
  EXPECT_EQ(error_for({{"a", two}}, {"one"}), "save_image_grid: 1 column labels for 2 pictures in a row");
  EXPECT_EQ(error_of([&] {
              save_image_grid("grid", {{"a", two}}, {}, "short", "", 2, 2);
            }),
            "save_image_grid: the alt text has 5 characters; tell in at least 40 what the figure shows");
}

TEST(SaveImageGrid, LeavesPicturesAndScriptWhenGnuplotIsMissing) {
  const auto folder = fresh_folder();
  const WithoutGnuplot without(folder);
  const std::string error = error_of([&] {
    save_image_grid(folder / "grid", {{"a", Tensor<float>({1, 28, 28})}}, {}, alt);
  });
  EXPECT_EQ(error.find("gnuplot is not installed"), 0u) << error;
  EXPECT_EQ(entries_in(folder), 4) << "tiles, numbers, script and alt text";
}

TEST(SaveImageGrid, LeavesAReadOnlyFolderAlone) {
  const auto folder = fresh_folder();
  std::string error;
  {
    const ReadOnly read_only(folder);
    error = error_of([&] { save_image_grid(folder / "grid", {{"a", Tensor<float>({1, 28, 28})}}, {}, alt); });
  }
  EXPECT_EQ(error, "cannot write " + (folder / "grid.tiles.png").string() + ": Permission denied");
  EXPECT_EQ(entries_in(folder), 0);
}
