#include "mend/data/stroke_digits.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>

namespace mend {
namespace {

constexpr int side = 28;
constexpr double fade = .8;                    // half the width of a stroke's soft edge, in pixels
constexpr double widest = 2;                   // of the pen's radius
constexpr double margin = widest + fade + .2;  // between the border and a pen's centre

struct Point {
  double x, y;
};
Point operator+(Point a, Point b) { return {a.x + b.x, a.y + b.y}; }
Point operator-(Point a, Point b) { return {a.x - b.x, a.y - b.y}; }
Point operator*(double s, Point a) { return {s * a.x, s * a.y}; }

// A smooth curve through points. A curve that begins where the one before ended continues it after a corner.
using Curve = std::vector<Point>;
using Glyph = std::vector<Curve>;

// The ways to write each digit, x to the right and y down, both about 0 to 1.
// clang-format off
const std::array<std::vector<Glyph>, 10> alphabet = {{
    {{{{.56, .02}, {.28, .16}, {.18, .52}, {.30, .88}, {.54, .98}, {.76, .80}, {.82, .45}, {.70, .12}, {.52, .03}}},
     {{{.42, .04}, {.22, .30}, {.20, .70}, {.44, .99}, {.72, .84}, {.84, .48}, {.72, .12}, {.46, .02}, {.36, .08}}}},
    {{{{.52, .00}, {.50, .50}, {.49, 1.0}}},
     {{{.54, .00}, {.48, .45}, {.50, 1.0}}},
     {{{.36, .20}, {.46, .12}, {.53, .00}}, {{.53, .00}, {.51, .50}, {.50, 1.0}}}},
    {{{{.20, .24}, {.40, .02}, {.72, .12}, {.70, .42}, {.44, .74}, {.16, .97}}, {{.16, .97}, {.50, .95}, {.86, .98}}},
     {{{.22, .18}, {.48, .01}, {.76, .18}, {.64, .52}, {.40, .86}, {.20, .96}, {.16, .84}, {.34, .78}, {.58, .92},
       {.88, .92}}}},
    {{{{.20, .14}, {.46, .00}, {.74, .16}, {.64, .38}, {.40, .46}},
      {{.40, .46}, {.70, .54}, {.80, .76}, {.58, .97}, {.28, .98}, {.14, .86}}},
     {{{.22, .06}, {.50, .02}, {.74, .08}}, {{.74, .08}, {.60, .26}, {.42, .42}},
      {{.42, .42}, {.72, .50}, {.78, .76}, {.54, .98}, {.18, .92}}}},
    {{{{.24, .02}, {.20, .28}, {.16, .54}}, {{.16, .54}, {.50, .55}, {.86, .50}},
      {{.74, .06}, {.70, .50}, {.66, 1.0}}},
     {{{.28, .02}, {.18, .34}, {.30, .54}, {.56, .50}, {.74, .30}}, {{.78, .06}, {.72, .50}, {.66, 1.0}}},
     {{{.66, .00}, {.38, .34}, {.10, .64}}, {{.10, .64}, {.50, .65}, {.90, .62}},
      {{.66, .00}, {.64, .50}, {.62, 1.0}}}},
    {{{{.82, .02}, {.56, .05}, {.32, .04}}, {{.32, .04}, {.28, .24}, {.24, .44}},
      {{.24, .44}, {.50, .38}, {.74, .52}, {.76, .78}, {.52, .98}, {.16, .92}}},
     {{{.34, .06}, {.32, .26}, {.30, .42}}, {{.30, .42}, {.58, .44}, {.72, .66}, {.58, .92}, {.30, .99}, {.12, .90}},
      {{.34, .06}, {.60, .08}, {.90, .02}}}},
    {{{{.68, .00}, {.40, .22}, {.22, .60}, {.30, .92}, {.56, .98}, {.76, .80}, {.64, .58}, {.42, .60}, {.26, .78}}},
     {{{.46, .00}, {.28, .36}, {.22, .74}, {.42, .99}, {.70, .90}, {.74, .66}, {.54, .54}, {.28, .70}}}},
    {{{{.16, .06}, {.48, .05}, {.82, .04}}, {{.82, .04}, {.62, .40}, {.44, 1.0}}},
     {{{.16, .20}, {.18, .07}}, {{.18, .07}, {.50, .07}, {.84, .02}}, {{.84, .02}, {.60, .46}, {.48, 1.0}}},
     {{{.16, .10}, {.40, .02}, {.70, .06}, {.74, .22}, {.58, .58}, {.46, 1.0}}},
     {{{.18, .05}, {.50, .06}, {.84, .03}}, {{.84, .03}, {.62, .46}, {.46, 1.0}},
      {{.38, .52}, {.58, .50}, {.78, .48}}}},
    {{{{.74, .14}, {.50, .00}, {.28, .16}, {.38, .38}, {.62, .56}, {.76, .78}, {.52, .99}, {.26, .82}, {.38, .60},
       {.62, .42}, {.74, .20}}},
     {{{.56, .02}, {.32, .10}, {.34, .34}, {.66, .58}, {.72, .86}, {.46, 1.0}, {.24, .82}, {.42, .54}, {.70, .30},
       {.68, .08}, {.52, .02}}}},
    {{{{.74, .18}, {.52, .02}, {.26, .16}, {.28, .42}, {.54, .46}, {.74, .22}}, {{.74, .22}, {.70, .60}, {.60, 1.0}}},
     {{{.76, .12}, {.46, .02}, {.24, .24}, {.38, .46}, {.66, .38}, {.76, .12}},
      {{.76, .12}, {.78, .50}, {.66, .88}, {.40, .99}, {.22, .90}}},
     {{{.72, .26}, {.46, .50}, {.24, .32}, {.42, .04}, {.70, .10}, {.72, .50}, {.64, 1.0}}}},
}};
// clang-format on

// Moves each control point a little; corners stay corners.
Glyph tremble(Glyph glyph, Random& random) {
  Point template_end{-1, -1}, end{};
  for (Curve& curve : glyph) {
    const Point begin = curve.front(), next_template_end = curve.back();
    for (Point& p : curve) p = p + Point{.033 * random.normal(), .033 * random.normal()};
    if (begin.x == template_end.x && begin.y == template_end.y) curve.front() = end;
    template_end = next_template_end;
    end = curve.back();
  }
  return glyph;
}

// The curve as a chain of short lines: cubic Hermite pieces, each tangent parallel to the line between the
// neighbours (Catmull and Rom 1974), the outer pieces parabolas.
Curve smooth(const Curve& points) {
  constexpr int steps = 5;
  const std::size_t last = points.size() - 1;
  if (last < 2) return points;
  std::vector<Point> tangents(points.size());
  for (std::size_t i = 1; i < last; ++i) tangents[i] = .5 * (points[i + 1] - points[i - 1]);
  tangents[0] = 2 * (points[1] - points[0]) - tangents[1];
  tangents[last] = 2 * (points[last] - points[last - 1]) - tangents[last - 1];
  Curve line{points[0]};
  for (std::size_t i = 0; i < last; ++i)
    for (int step = 1; step <= steps; ++step) {
      const double t = static_cast<double>(step) / steps, u = 1 - t;
      line.push_back(u * u * (1 + 2 * t) * points[i] + u * u * t * tangents[i] +
                     t * t * (1 + 2 * u) * points[i + 1] - t * t * u * tangents[i + 1]);
    }
  return line;
}

// Slants, stretches and turns, then brings the longer side to about 20 pixels and the centre of mass to the
// middle.
void place(std::vector<Curve>& lines, Random& random) {
  const double slant = .15 + .18 * random.normal(), turn = .08 * random.normal();
  const double stretch = std::exp(.14 * random.normal()), size = random.uniform(16.5, 18.5);
  const double c = std::cos(turn), s = std::sin(turn);
  constexpr double infinity = std::numeric_limits<double>::infinity();
  Point low{infinity, infinity}, high{-infinity, -infinity}, moment{};
  double length = 0;
  for (Curve& line : lines)
    for (std::size_t i = 0; i < line.size(); ++i) {
      const Point p{stretch * line[i].x - slant * line[i].y, line[i].y};
      line[i] = {c * p.x - s * p.y, s * p.x + c * p.y};
      low = {std::min(low.x, line[i].x), std::min(low.y, line[i].y)};
      high = {std::max(high.x, line[i].x), std::max(high.y, line[i].y)};
      if (i == 0) continue;
      const Point step = line[i] - line[i - 1];
      const double piece = std::hypot(step.x, step.y);
      moment = moment + .5 * piece * (line[i] + line[i - 1]);
      length += piece;
    }
  const double scale = size / std::max(high.x - low.x, high.y - low.y);
  const Point centre = (1 / length) * moment;
  // Where the centre of mass goes: to the middle, or as near to it as leaves the border black.
  const auto middle = [&](double mass, double from, double to) {
    const double jittered = .5 * (side - 1) + .4 * random.normal();
    return std::clamp(jittered, margin + scale * (mass - from), side - 1 - margin - scale * (to - mass));
  };
  const Point target{middle(centre.x, low.x, high.x), middle(centre.y, low.y, high.y)};
  for (Curve& line : lines)
    for (Point& p : line) p = target + scale * (p - centre);
}

// How far p is from the line between a and b.
double distance(Point p, Point a, Point b) {
  const Point ab = b - a, ap = p - a;
  const double square = ab.x * ab.x + ab.y * ab.y;
  const double t = square == 0 ? 0 : std::clamp((ap.x * ab.x + ap.y * ab.y) / square, 0.0, 1.0);
  const Point away = ap - t * ab;
  return std::sqrt(away.x * away.x + away.y * away.y);
}

// Draws the lines with a pen of this radius, white inside and fading over about a pixel at the edge.
void draw(const std::vector<Curve>& lines, double radius, std::uint8_t* pixels) {
  const double reach = radius + fade;
  const auto first = [&](double v) { return std::clamp(static_cast<int>(std::ceil(v - reach)), 0, side); };
  const auto last = [&](double v) {
    return std::clamp(static_cast<int>(std::floor(v + reach)), -1, side - 1);
  };
  for (const Curve& line : lines)
    for (std::size_t i = 1; i < line.size(); ++i) {
      const Point a = line[i - 1], b = line[i];
      for (int y = first(std::min(a.y, b.y)); y <= last(std::max(a.y, b.y)); ++y)
        for (int x = first(std::min(a.x, b.x)); x <= last(std::max(a.x, b.x)); ++x) {
          const double inside = reach - distance({static_cast<double>(x), static_cast<double>(y)}, a, b);
          const double ink = std::clamp(inside / (2 * fade), 0.0, 1.0);
          std::uint8_t& pixel = pixels[y * side + x];
          pixel = std::max(pixel, static_cast<std::uint8_t>(std::lround(255 * ink)));
        }
    }
}

Images draw_images(std::size_t count, const std::vector<std::uint8_t>& classes, Random random) {
  Images images{Tensor<std::uint8_t>({count, side, side}), std::vector<std::uint8_t>(count)};
  for (std::size_t n = 0; n < count; ++n) {
    images.labels[n] = classes[n % classes.size()];
    const std::vector<Glyph>& ways = alphabet[images.labels[n]];
    Glyph lines = tremble(ways[random.below(ways.size())], random);
    for (Curve& line : lines) line = smooth(line);
    place(lines, random);
    const double radius = std::clamp(1.22 + .3 * random.normal(), .6, widest);
    draw(lines, radius, images.pixels.data() + n * side * side);
  }
  return images;
}

}  // namespace

Dataset stroke_digits(std::size_t train, std::size_t test, std::uint64_t seed,
                      const std::vector<std::uint8_t>& classes) {
  if (classes.empty()) throw Error("stroke_digits: expected at least one class from 0 to 9, found none");
  Dataset data{"stroke digits", {}, {}, {}};
  for (std::size_t digit = 0; digit < alphabet.size(); ++digit)
    data.class_names.push_back(std::to_string(digit));
  for (const std::uint8_t digit : classes)
    if (digit >= alphabet.size())
      throw Error("stroke_digits: expected classes from 0 to 9, found " + std::to_string(digit));
  data.train = draw_images(train, classes, Random(seed, "stroke digits, train"));
  data.test = draw_images(test, classes, Random(seed, "stroke digits, test"));
  return data;
}

}  // namespace mend
