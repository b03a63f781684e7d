#include "cli/info.hpp"

#include <fstream>
#include <nlohmann/json.hpp>

#include "cli/json.hpp"
#include "mend/data/idx.hpp"
#include "mend/files/png.hpp"
#include "mend/files/safetensors.hpp"
#include "mend/layers/summary.hpp"

namespace mend::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

enum class Kind { safetensors, png, idx };

Kind kind_of(const fs::path& file) {
  if (!fs::is_regular_file(file))
    throw Error(file.string() + (fs::exists(file) ? " is no file" : " is not there"));
  std::ifstream in(file, std::ios::binary);
  if (!in) throw Error("cannot read " + file.string() + ": it cannot be opened");
  char start[9] = {};
  in.read(start, sizeof start);
  const std::string bytes(start, static_cast<std::size_t>(in.gcount()));
  if (bytes.starts_with("\x89PNG")) return Kind::png;
  if (bytes.size() == 9 && bytes[8] == '{') return Kind::safetensors;
  if (bytes.starts_with("\x1f\x8b") || bytes.starts_with(std::string("\0\0\x08", 3))) return Kind::idx;
  throw Error(file.string() + " is neither a .safetensors nor a PNG nor an IDX file (gzipped or not)");
}

ordered_json shape_of(const Shape& shape) {
  auto extents = ordered_json::array();
  for (const std::size_t extent : shape) extents.push_back(extent);
  return extents;
}

ordered_json tensors_of(const SafetensorsHeader& header) {
  auto tensors = ordered_json::array();
  for (const auto& [name, entry] : header.tensors)
    tensors.push_back({{"name", name}, {"type", to_string(entry.type)}, {"shape", shape_of(entry.shape)}});
  return tensors;
}

// A text on one line of bounded length, and how long it is when that is not all.
std::string shortened(const std::string& text) {
  const std::string quoted = shown(text);
  return quoted.ends_with("...") ? quoted + " (" + with_commas(text.size()) + " bytes)" : quoted;
}

void print_safetensors(const SafetensorsHeader& header, std::ostream& out) {
  std::size_t numbers = 0;
  for (const auto& [name, entry] : header.tensors) numbers += entry.shape.size();
  out << "tensors: " << header.tensors.size() << ", of " << with_commas(numbers) << " numbers\n";
  for (const auto& [name, entry] : header.tensors)
    out << "  " << shortened(name) << "  " << to_string(entry.type) << "  " << to_string(entry.shape) << "\n";
  out << "metadata: " << header.metadata.size() << " texts\n";
  for (const auto& [key, text] : header.metadata)
    out << "  " << shortened(key) << ": " << shortened(text) << "\n";
}

}  // namespace

void info(const fs::path& file, bool json, std::ostream& out) {
  ordered_json facts{{"file", file.string()}};
  const Kind kind = kind_of(file);
  const std::size_t bytes = fs::file_size(file);
  const auto headline = [&](const std::string& text) {
    out << file.string() << ": " << text << ", " << with_commas(bytes) << " bytes\n";
  };
  if (kind == Kind::safetensors) {
    const SafetensorsHeader header = load_safetensors_header(file);
    if (json)  // for a long header it is large
      facts.update({{"kind", "safetensors"},
                    {"bytes", bytes},
                    {"tensors", tensors_of(header)},
                    {"metadata", header.metadata}});
    else
      headline("safetensors"), print_safetensors(header, out);
  } else if (kind == Kind::png) {
    const PngHeader header = load_png_header(file);
    facts.update({{"kind", "PNG"},
                  {"bytes", bytes},
                  {"width", header.width},
                  {"height", header.height},
                  {"colour", header.colour},
                  {"bit_depth", header.bit_depth},
                  {"interlaced", header.interlaced}});
    if (!json)
      headline("PNG, " + std::to_string(header.width) + " x " + std::to_string(header.height) + " pixels, " +
               header.colour + ", " + std::to_string(header.bit_depth) + " bits" +
               (header.interlaced ? ", interlaced" : ""));
  } else {
    const Shape shape = read_idx_shape(file);
    const std::string what = shape.rank() == 3 ? "images" : "labels";
    facts.update(
        {{"kind", "IDX"}, {"bytes", bytes}, {"holds", what}, {"type", "U8"}, {"shape", shape_of(shape)}});
    if (!json) headline("IDX, " + what + " " + to_string(shape) + ", U8");
  }
  if (json) print_json(facts, out);
}

}  // namespace mend::cli
