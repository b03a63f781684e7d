#include "mend/figures/drawing.hpp"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <sstream>
#include <system_error>

#include "mend/figures/gnuplot.hpp"
#include "mend/files/atomic_file.hpp"
#include "mend/tensor/error.hpp"

namespace mend {
namespace {

constexpr TextStyle caption_style{11, "#666666"};

// The file PATH + ending. A dot in PATH is no ending: "step0.5" stays "step0.5.svg".
std::filesystem::path with_ending(std::filesystem::path path, const std::string& ending) {
  return path += ending;
}

std::string wrapped_caption(const Drawing& drawing) {
  return wrapped(drawing.caption, static_cast<std::size_t>((drawing.width - 24) / 6.3));
}

std::string script(const std::string& name, const Drawing& drawing) {
  const double height = drawing.height + caption_height(drawing);
  const auto size = [&](double scale) {
    return gnuplot_number(std::round(scale * drawing.width)) + "," +
           gnuplot_number(std::round(scale * height));
  };
  std::ostringstream out;
  out << "# Draws this figure as SVG and PNG: run gnuplot (5.4) on this file in its folder.\n"
      << "if (!exists('out')) out = " << gnuplot_text(name) << "\n"
      << "set encoding utf8\n"
      << "cell(column) = valid(column) ? column(column) : NaN  # an empty cell breaks a line\n"
      << "do for [ending in 'svg png'] {\n"
      << "if (ending eq 'svg') {\n"
      << "  set terminal svg size " << size(1) << " dynamic font 'sans-serif,13' background rgb 'white'\n"
      << "} else {\n"
      << "  set terminal pngcairo size " << size(2)
      << " font 'sans-serif,13' fontscale 1.5 linewidth 2 pointscale 2.6 dashlength 2 background rgb "
         "'white'\n"
      << "}\n"
      << "set output out.'.'.ending\n"
      << "set multiplot\n"
      << drawing.commands;
  if (!drawing.caption.empty())
    out << "\n# the caption\nreset\n"
        << drawing.words(wrapped_caption(drawing), 14, drawing.height + 12, caption_style)
        << "unset border; unset tics; unset key; set xrange [0:1]; set yrange [0:1]\nplot NaN\n";
  out << "\nunset multiplot\nunset output\n}\n";
  return out.str();
}

// The text in bold, by gnuplot's enhanced text: a font's name that says so is not understood by every terminal.
std::string bold(const std::string& text) {
  std::string escaped;
  for (const char c : text) {
    if (std::string("\\^_{}@&~").find(c) != std::string::npos) escaped += '\\';
    escaped += c;
  }
  return gnuplot_text("{/:Bold " + escaped + "}");
}

std::string xml(const std::string& text) {
  std::string result;
  for (const char c : text) switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '"':
        result += "&quot;";
        break;
      default:
        result += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
    }
  return result;
}

// gnuplot knows neither alt text nor a size of its own; a page needs both, and may still make the picture smaller.
std::string finished_svg(std::string svg, const Drawing& drawing) {
  std::ostringstream head;
  head << "<svg role=\"img\" aria-label=\"" << xml(drawing.alt) << "\" width=\"" << std::round(drawing.width)
       << "\" height=\"" << std::round(drawing.height + caption_height(drawing))
       << "\" style=\"max-width:100%;height:auto\"";
  const auto begin = svg.find("<svg"), title = svg.find("<title>"), end = svg.find("</title>");
  if (begin == std::string::npos || title == std::string::npos || end == std::string::npos)
    throw Error("gnuplot wrote an SVG without <svg> or <title>");
  svg.replace(title, end - title, "<title>" + xml(drawing.alt));
  return svg.replace(begin, 4, head.str());
}

struct Removed {  // a file of gnuplot's that goes at the end of the scope
  std::filesystem::path path;
  ~Removed() {
    std::error_code ignored;
    std::filesystem::remove(path, ignored);
  }
};

}  // namespace

std::size_t characters(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

std::size_t lines_in(const std::string& text) {
  return text.empty() ? 0 : 1 + static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

std::string wrapped(const std::string& text, std::size_t width) {
  std::istringstream in(text);
  std::string result, line;
  for (std::string word; in >> word;) {
    if (!line.empty() && characters(line) + 1 + characters(word) > width) {
      result += line + '\n';
      line.clear();
    }
    if (!line.empty()) line += ' ';
    line += word;
  }
  return result + line;
}

double line_height(const TextStyle& style) { return std::ceil(1.3 * style.size); }

std::string Drawing::at(double x, double y) const {
  return "screen " + gnuplot_number(x / width) + ", screen " +
         gnuplot_number(1 - y / (height + caption_height(*this)));
}

std::string Drawing::margins(double x, double y, double w, double h) const {
  const double whole = height + caption_height(*this);
  return "set lmargin at screen " + gnuplot_number(x / width) + "; set rmargin at screen " +
         gnuplot_number((x + w) / width) + "\nset tmargin at screen " + gnuplot_number(1 - y / whole) +
         "; set bmargin at screen " + gnuplot_number(1 - (y + h) / whole) + "\n";
}

std::string Drawing::words(const std::string& text, double x, double y, const TextStyle& style) const {
  std::istringstream lines(text);
  std::ostringstream out;
  for (std::string line; std::getline(lines, line); y += line_height(style))
    out << "set label " << (style.bold ? bold(line) + " enhanced" : gnuplot_text(line) + " noenhanced")
        << " at " << at(x, y) << ' ' << style.align << (style.upwards ? " rotate by 90" : "") << " font ',"
        << style.size << "' textcolor rgb '" << style.colour << "'\n";
  return out.str();
}

double caption_height(const Drawing& drawing) {
  if (drawing.caption.empty()) return 0;
  return line_height(caption_style) * static_cast<double>(lines_in(wrapped_caption(drawing))) + 14;
}

void require_alt_text(const std::string& function, const std::string& alt) {
  if (characters(alt) < 40)
    throw Error(function + ": the alt text has " + std::to_string(characters(alt)) +
                " characters; tell in at least 40 what the figure shows");
}

void save_drawing(const std::filesystem::path& path, const Drawing& drawing) {
  const std::string name = path.filename().string();
  const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
  write_file(with_ending(path, ".gp"), script(name, drawing));
  write_file(with_ending(path, ".alt.txt"), drawing.alt + "\n");

  static std::atomic<unsigned> counter{0};
  const std::string out = ".mend-figure-" + std::to_string(::getpid()) + "-" + std::to_string(counter++);
  const Removed svg{folder / (out + ".svg")}, png{folder / (out + ".png")};
  run_gnuplot(folder, "out = '" + out + "'", name + ".gp");
  write_file(with_ending(path, ".svg"), finished_svg(read_file(svg.path), drawing));
  write_file(with_ending(path, ".png"), read_file(png.path));
}

}  // namespace mend
