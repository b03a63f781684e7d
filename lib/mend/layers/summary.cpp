#include "mend/layers/summary.hpp"

#include <complex>
#include <iomanip>
#include <sstream>

namespace mend {
namespace {

constexpr int layer_width = 44, shape_width = 20, count_width = 14;  // 80 columns with the gaps between
constexpr std::size_t indent = 3;  // of descriptions, which the number of the layer precedes

// Cuts off the first line of a text that is too long for one, after a blank where there is one.
std::string take_line(std::string& text) {
  constexpr std::size_t width = layer_width;
  std::size_t end = text.size();
  if (end > width) {
    const std::size_t blank = text.rfind(' ', width);
    end = blank == std::string::npos || blank < indent ? width : blank + 1;
  }
  const std::string line = text.substr(0, end);
  text = end == text.size() ? "" : std::string(indent, ' ') + text.substr(end);
  return line.substr(0, line.find_last_not_of(' ') + 1);
}

void add_row(std::ostream& out, std::string layer, const std::string& shape, const std::string& count) {
  out << std::left << std::setw(layer_width) << take_line(layer) << " ";
  if (count.empty())
    out << shape << "\n";
  else
    out << std::setw(shape_width) << shape << " " << std::right << std::setw(count_width) << count << "\n";
  while (!layer.empty()) out << take_line(layer) << "\n";
}

}  // namespace

std::string with_commas(std::size_t number) {
  std::string text = std::to_string(number);
  for (std::size_t i = text.size(); i > 3; i -= 3) text.insert(i - 3, 1, ',');
  return text;
}

template <class T>
std::size_t count_parameters(Layer<T>& layer) {
  std::size_t count = 0;
  for (const Parameter<T>* p : layer.parameters()) count += p->value.size();
  return count;
}

template <class T>
std::string summary(Sequential<T>& net, const Shape& input) {
  const std::string rule(layer_width + 1 + shape_width + 1 + count_width, '-');
  std::ostringstream out;
  Shape shape = input;
  add_row(out, "   layer", "output", "parameters");
  out << rule << "\n";
  add_row(out, "   input", to_string(input), "");
  for (std::size_t i = 0; i < net.size(); ++i) {
    shape = net[i].output_shape(shape);
    const std::string number = std::to_string(i);
    add_row(
        out,
        number + std::string(number.size() < indent ? indent - number.size() : 1, ' ') + net[i].describe(),
        to_string(shape), with_commas(count_parameters(net[i])));
  }
  out << rule << "\n";
  add_row(out, "   total", "", with_commas(count_parameters(net)));
  return out.str();
}

#define MEND_INSTANTIATE_SUMMARY(T)                 \
  template std::size_t count_parameters(Layer<T>&); \
  template std::string summary(Sequential<T>&, const Shape&);

MEND_INSTANTIATE_SUMMARY(float)
MEND_INSTANTIATE_SUMMARY(double)
MEND_INSTANTIATE_SUMMARY(std::complex<double>)

}  // namespace mend
