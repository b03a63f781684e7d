#include "cli/info.hpp"

#include <fstream>
#include <nlohmann/json.hpp>

#include "cli/json.hpp"
#include "mend/data/idx.hpp"
#include "mend/files/npz.hpp"
#include "mend/files/png.hpp"
#include "mend/files/safetensors.hpp"
#include "mend/layers/summary.hpp"

namespace mend::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

enum class Kind { safetensors, npy, npz, png, idx };

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
  if (bytes.starts_with("\x93NUMPY")) return Kind::npy;
  if (bytes.starts_with("PK\3\4") || bytes.starts_with("PK\5\6")) return Kind::npz;
  if (bytes.starts_with("\x1f\x8b") || bytes.starts_with(std::string("\0\0\x08", 3))) return Kind::idx;
  throw Error(file.string() +
              " is neither a .safetensors nor a .npy nor a .npz nor a PNG nor an IDX file (gzipped or not)");
}

ordered_json shape_of(const Shape& shape) {
  auto extents = ordered_json::array();
  for (const std::size_t extent : shape) extents.push_back(extent);
  return extents;
}

// Of names with types and shapes.
template <class Entries>
ordered_json tensors_of(const Entries& entries) {
  auto tensors = ordered_json::array();
  for (const auto& [name, entry] : entries)
    tensors.push_back({{"name", name}, {"type", to_string(entry.type)}, {"shape", shape_of(entry.shape)}});
  return tensors;
}

// A text on one line of bounded length, and how long it is when that is not all.
std::string shortened(const std::string& text) {
  const std::string quoted = shown(text);
  return quoted.ends_with("...") ? quoted + " (" + with_commas(text.size()) + " bytes)" : quoted;
}

template <class Entries>
void print_tensors(const Entries& entries, std::ostream& out) {
  std::size_t numbers = 0;
  for (const auto& [name, entry] : entries) numbers += entry.shape.size();
  out << "tensors: " << entries.size() << ", of " << with_commas(numbers) << " numbers\n";
  for (const auto& [name, entry] : entries)
    out << "  " << shortened(name) << "  " << to_string(entry.type) << "  " << to_string(entry.shape) << "\n";
}

void print_texts(const std::map<std::string, std::string>& metadata, std::ostream& out) {
  out << "metadata: " << metadata.size() << " texts\n";
  for (const auto& [key, text] : metadata) out << "  " << shortened(key) << ": " << shortened(text) << "\n";
}

}  // namespace

void info(const fs::path& file, bool json, std::ostream& out) {
  const Kind kind = kind_of(file);
  const std::size_t bytes = fs::file_size(file);
  // The facts as JSON, or else a headline: what the file is, and how long. What follows it is printed by the caller.
  const auto begin = [&](const std::string& name, const std::string& more, const ordered_json& facts) {
    if (json) {
      ordered_json all{{"file", file.string()}, {"kind", name}, {"bytes", bytes}};
      all.update(facts);
      print_json(all, out);
    } else {
      out << file.string() << ": " << name << more << ", " << with_commas(bytes) << " bytes\n";
    }
  };
  switch (kind) {
    case Kind::safetensors: {
      const SafetensorsHeader header = load_safetensors_header(file);
      if (json)
        return begin("safetensors", "",
                     {{"tensors", tensors_of(header.tensors)}, {"metadata", header.metadata}});
      begin("safetensors", "", {});
      print_tensors(header.tensors, out);
      return print_texts(header.metadata, out);
    }
    case Kind::npz: {
      const std::map<std::string, NpyHeader> headers = load_npz_headers(file);
      if (json) return begin("NPZ", "", {{"tensors", tensors_of(headers)}});
      begin("NPZ", "", {});
      return print_tensors(headers, out);
    }
    case Kind::npy: {
      const NpyHeader header = load_npy_header(file);
      return begin("NPY", ", " + to_string(header.shape) + ", " + to_string(header.type),
                   {{"type", to_string(header.type)}, {"shape", shape_of(header.shape)}});
    }
    case Kind::png: {
      const PngHeader header = load_png_header(file);
      return begin("PNG",
                   ", " + std::to_string(header.width) + " x " + std::to_string(header.height) + " pixels, " +
                       header.colour + ", " + std::to_string(header.bit_depth) + " bits" +
                       (header.interlaced ? ", interlaced" : ""),
                   {{"width", header.width},
                    {"height", header.height},
                    {"colour", header.colour},
                    {"bit_depth", header.bit_depth},
                    {"interlaced", header.interlaced}});
    }
    case Kind::idx:
      break;
  }
  const Shape shape = read_idx_shape(file);
  const std::string what = shape.rank() == 3 ? "images" : "labels";
  begin("IDX", ", " + what + " " + to_string(shape) + ", U8",
        {{"holds", what}, {"type", "U8"}, {"shape", shape_of(shape)}});
}

}  // namespace mend::cli
