#include "mend/figures/image_grid.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <sstream>

#include "mend/figures/drawing.hpp"
#include "mend/figures/gnuplot.hpp"
#include "mend/files/csv.hpp"
#include "mend/files/png.hpp"
#include "mend/tensor/error.hpp"

namespace mend {
namespace {

using Colour = std::array<std::uint8_t, 3>;

constexpr Colour blue{0, 114, 178}, orange{213, 94, 0}, magenta{255, 0, 255};
constexpr Colour frame_colour{150, 150, 150};
constexpr std::size_t frame = 2, gap = 8;  // in pixels of the PNG, that has two for each of the SVG
constexpr double margin = 14;              // in pixels of the SVG

constexpr TextStyle row_style{13, "#1A1A1A", "right"}, column_style{12, "#333333", "center"};

Colour colour_of(float value, bool diverging) {
  if (std::isnan(value)) return magenta;
  const auto mixed = [](const Colour& to, float share) {  // of `to`, the rest is white
    Colour result{};
    for (std::size_t c = 0; c < 3; ++c)
      result[c] = static_cast<std::uint8_t>(std::lround(255 + share * (static_cast<float>(to[c]) - 255)));
    return result;
  };
  if (diverging)
    return value < 0 ? mixed(blue, std::min(-value, 1.0f)) : mixed(orange, std::min(value, 1.0f));
  return mixed({0, 0, 0}, 1 - std::clamp(value, 0.0f, 1.0f));
}

// The bare pictures in a lattice: each pixel becomes a square, each picture has a frame, so that black stands out from
// the page and white too. Half a gap surrounds all, for gnuplot smooths the outermost pixels.
struct Lattice {
  std::size_t rows, columns, height, width;  // pictures, and the pixels of each
  std::size_t scale;                         // pixels of the PNG for one of a picture

  std::size_t step_x() const { return width * scale + 2 * frame + gap; }
  std::size_t step_y() const { return height * scale + 2 * frame + gap; }

  void draw(Tensor<std::uint8_t>& canvas, std::size_t row, std::size_t column, const float* image,
            bool diverging) const {
    const std::size_t top = row * step_y() + gap / 2, left = column * step_x() + gap / 2;
    for (std::size_t y = 0; y < step_y() - gap; ++y)
      for (std::size_t x = 0; x < step_x() - gap; ++x) {
        const bool inside =
            y >= frame && x >= frame && y < step_y() - gap - frame && x < step_x() - gap - frame;
        const Colour colour =
            inside ? colour_of(image[(y - frame) / scale * width + (x - frame) / scale], diverging)
                   : frame_colour;
        std::copy(colour.begin(), colour.end(), &canvas[((top + y) * canvas.dim(1) + left + x) * 3]);
      }
  }

  Tensor<std::uint8_t> canvas() const { return {{rows * step_y(), columns * step_x(), 3}, 255}; }
};

void check(const std::vector<GridRow>& rows, const std::vector<std::string>& column_labels,
           std::size_t height, std::size_t width) {
  if (rows.empty() || rows[0].images.dim(0) == 0 || height * width == 0)
    throw Error("save_image_grid: there is no picture to draw");
  const std::size_t columns = rows[0].images.dim(0);
  for (const GridRow& row : rows) {
    if (row.images.dim(0) != columns)
      throw Error("save_image_grid: row '" + row.label + "' has " + std::to_string(row.images.dim(0)) +
                  " pictures, but row '" + rows[0].label + "' has " + std::to_string(columns));
    if (row.images.size() != columns * height * width)
      throw ShapeError("save_image_grid: row '" + row.label + "' is " + to_string(row.images.shape()) +
                       ", but (N, " + std::to_string(height) + ", " + std::to_string(width) +
                       ") was expected");
  }
  if (!column_labels.empty() && column_labels.size() != columns)
    throw Error("save_image_grid: " + std::to_string(column_labels.size()) + " column labels for " +
                std::to_string(columns) + " pictures in a row");
}

// The caller's caption, and what the colours mean.
std::string full_caption(const std::string& caption, const std::vector<GridRow>& rows) {
  std::string text = caption;
  const auto add = [&](const std::string& more) { text += (text.empty() ? "" : " \u00b7 ") + more; };
  if (std::any_of(rows.begin(), rows.end(), [](const GridRow& row) { return row.diverging; }))
    add("blue \u22121, white 0, orange +1");
  if (std::any_of(rows.begin(), rows.end(), [](const GridRow& row) {
        return std::any_of(row.images.begin(), row.images.end(), [](float v) { return std::isnan(v); });
      }))
    add("magenta: not a number");
  return text;
}

// The numbers behind the pictures: a line a picture, row after row, and a column a pixel.
Csv pixels(const std::vector<GridRow>& rows, const std::vector<std::string>& column_labels,
           std::size_t size) {
  std::vector<std::string> head = {"row", "column"};
  for (std::size_t i = 0; i < size; ++i) head.push_back("pixel " + std::to_string(i));
  Csv csv(head);
  for (const GridRow& row : rows)
    for (std::size_t c = 0; c < row.images.dim(0); ++c) {
      std::vector<Csv::Cell> line = {row.label,
                                     column_labels.empty() ? std::to_string(c + 1) : column_labels[c]};
      line.insert(line.end(), row.images.data() + c * size, row.images.data() + (c + 1) * size);
      csv.add(line);
    }
  return csv;
}

}  // namespace

void save_image_grid(const std::filesystem::path& path, const std::vector<GridRow>& rows,
                     const std::vector<std::string>& column_labels, const std::string& alt,
                     const std::string& caption, std::size_t height, std::size_t width) {
  require_alt_text("save_image_grid", alt);
  check(rows, column_labels, height, width);
  const std::size_t columns = rows[0].images.dim(0);
  // As large as a page takes: about 640 pixels of the SVG for the pictures, 112 at most for one.
  const std::size_t room = std::min<std::size_t>(1280 / columns, 224);
  const Lattice lattice{rows.size(), columns, height, width, std::max<std::size_t>(1, room / width)};
  Tensor<std::uint8_t> tiles = lattice.canvas();
  for (std::size_t r = 0; r < rows.size(); ++r)
    for (std::size_t c = 0; c < columns; ++c)
      lattice.draw(tiles, r, c, rows[r].images.data() + c * height * width, rows[r].diverging);

  double label_width = 0, label_lines = 0;
  for (const GridRow& row : rows)
    label_width = std::max(label_width, 0.6 * row_style.size * static_cast<double>(characters(row.label)));
  const double step_x = static_cast<double>(lattice.step_x()) / 2,
               step_y = static_cast<double>(lattice.step_y()) / 2;
  std::vector<std::string> headings;
  for (const std::string& label : column_labels) {
    headings.push_back(wrapped(label, static_cast<std::size_t>(step_x / (0.6 * column_style.size))));
    label_lines =
        std::max(label_lines,
                 1.0 + static_cast<double>(std::count(headings.back().begin(), headings.back().end(), '\n')));
  }
  const double w = static_cast<double>(tiles.dim(1)) / 2, h = static_cast<double>(tiles.dim(0)) / 2;
  const double left = std::round(margin + label_width + (label_width > 0 ? 10 : 0));
  const double top = margin + label_lines * line_height(column_style);
  Drawing drawing{left + w + margin, top + h + margin, full_caption(caption, rows), alt, ""};

  const std::string name = path.filename().string() + ".tiles.png";
  std::ostringstream out;
  out << "\n# the pictures, with their labels\nreset\n" << drawing.margins(left, top, w, h);
  for (std::size_t r = 0; r < rows.size(); ++r)
    out << drawing.words(rows[r].label, left - 10, top + (static_cast<double>(r) + 0.5) * step_y, row_style);
  for (std::size_t c = 0; c < headings.size(); ++c)
    out << drawing.words(headings[c], left + (static_cast<double>(c) + 0.5) * step_x,
                         margin + line_height(column_style) / 2 - 4, column_style);
  out << "unset border; unset tics; unset key\n"
      << "set xrange [0:" << tiles.dim(1) << "]; set yrange [0:" << tiles.dim(0) << "]\n"
      << "plot " << gnuplot_text(name) << " binary filetype=png origin=(0.5,0.5) dx=1 dy=1 with rgbimage\n";
  drawing.commands = out.str();
  save_png(path.parent_path() / name, tiles);
  pixels(rows, column_labels, height * width).save(path.string() + ".csv");
  save_drawing(path, drawing);
}

}  // namespace mend
