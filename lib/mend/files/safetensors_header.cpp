#include "mend/files/safetensors_header.hpp"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "mend/tensor/error.hpp"

namespace mend {
namespace {

using nlohmann::json;

constexpr const char* form = "a tensor is {\"dtype\": text, \"shape\": [..], \"data_offsets\": [begin, end]}";

bool is_utf8(const std::string& text) {
  try {
    json(text).dump();
  } catch (const json::exception&) {
    return false;
  }
  return true;
}

// Takes the JSON piece by piece as the parser meets it, and refuses the first piece that is out of place. So a hostile
// header builds no tree: neither its depth nor its number of values costs memory.
class Reader : public nlohmann::json_sax<json> {
 public:
  SafetensorsHeader header;

  bool start_object(std::size_t) override {
    if (depth_ == 2 || in_array_) misplaced();
    if (++depth_ == 2 && !in_metadata_) header.tensors.emplace_back(name_, TensorEntry{});
    return true;
  }

  bool key(std::string& text) override {
    if ((depth_ == 1 || in_metadata_) && ++names_seen_ > most_names)
      throw Error("its header names more than " + std::to_string(most_names) + " tensors and texts");
    if (depth_ == 1) {
      if (!names_.insert(text).second) throw Error("the name " + shown(text) + " stands there twice");
      name_ = text;
      in_metadata_ = name_ == "__metadata__";
      if (!in_metadata_) require_tensor_name(name_);
      fields_.clear();
    } else if (in_metadata_ ? header.metadata.contains(text) : !fields_.insert(text).second) {
      throw Error(shown(name_) + " has the key " + shown(text) + " twice");
    }
    field_ = text;
    return true;
  }

  bool string(std::string& text) override {
    if (depth_ != 2 || in_array_ || (!in_metadata_ && field_ != "dtype")) misplaced();
    if (in_metadata_)
      header.metadata[field_] = text;
    else
      entry().type = type_of(text);
    return true;
  }

  bool start_array(std::size_t) override {
    if (depth_ != 2 || in_array_ || in_metadata_ || (field_ != "shape" && field_ != "data_offsets"))
      misplaced();
    in_array_ = true;
    numbers_.clear();
    return true;
  }

  bool number_unsigned(std::uint64_t number) override {
    if (!in_array_) misplaced();
    if (numbers_.size() == Shape::max_rank) refuse("has more than 4 numbers; a tensor has at most 4 axes");
    numbers_.push_back(number);
    return true;
  }

  bool end_array() override {
    in_array_ = false;
    if (field_ == "shape") {
      entry().shape = shape_of(numbers_);
    } else {
      if (numbers_.size() != 2) refuse("is not [begin, end]");
      entry().begin = numbers_[0];
      entry().end = numbers_[1];
    }
    return true;
  }

  bool end_object() override {
    if (depth_-- == 2 && !in_metadata_ && fields_ != std::set<std::string>{"data_offsets", "dtype", "shape"})
      throw Error(shown(name_) + ": " + form);
    return true;
  }

  bool null() override { misplaced(); }
  bool boolean(bool) override { misplaced(); }
  bool number_integer(std::int64_t) override { not_a_count(); }  // below zero
  bool number_float(double, const std::string&) override { not_a_count(); }
  bool binary(json::binary_t&) override { misplaced(); }
  bool parse_error(std::size_t position, const std::string&, const json::exception&) override {
    throw Error("its header is not JSON at byte " + std::to_string(position));
  }

 private:
  TensorEntry& entry() { return header.tensors.back().second; }

  [[noreturn]] void refuse(const std::string& reason) const {
    if (depth_ == 0) throw Error("its header is not a JSON object");
    throw Error(shown(name_) + (depth_ == 2 ? ", " + shown(field_) : "") + ": " + reason);
  }
  [[noreturn]] void misplaced() const { refuse(in_metadata_ ? "the metadata is an object of texts" : form); }
  [[noreturn]] void not_a_count() const {
    if (in_array_) refuse("has a number that is not a count");
    misplaced();
  }

  StoredType type_of(const std::string& text) const {
    for (const StoredType type : {StoredType::f32, StoredType::f64, StoredType::u8})
      if (text == to_string(type)) return type;
    refuse("holds " + shown(text) + "; F32, F64 and U8 can be read");
  }

  Shape shape_of(const std::vector<std::size_t>& extents) const {
    std::size_t most = std::numeric_limits<std::size_t>::max() / sizeof(double);
    for (const std::size_t extent : extents) {  // with a zero among them the others may not run away either
      if (extent > most) refuse("announces more elements than 64 bits can count");
      most /= std::max<std::size_t>(extent, 1);
    }
    return Shape(extents.data(), extents.size());
  }

  std::size_t names_seen_ = 0;
  std::size_t depth_ = 0;  // of objects; arrays occur in one place only
  bool in_array_ = false, in_metadata_ = false;
  std::string name_, field_;
  std::set<std::string> names_, fields_;
  std::vector<std::size_t> numbers_;
};

}  // namespace

std::string shown(std::string_view text) {
  return json(text.substr(0, 60)).dump(-1, ' ', true, json::error_handler_t::replace) +
         (text.size() > 60 ? "..." : "");
}

const char* to_string(StoredType type) {
  return type == StoredType::f32 ? "F32" : type == StoredType::f64 ? "F64" : "U8";
}

void require_tensor_name(const std::string& name) {
  if (name.empty() || name == "__metadata__" || name.find('\0') != std::string::npos ||
      name.find("..") != std::string::npos || !is_utf8(name))
    throw Error("a tensor cannot be named " + shown(name) +
                ": UTF-8, not empty, no \"..\" and no NUL was expected");
}

SafetensorsHeader parse_safetensors_header(std::string_view text, std::uint64_t data_size) {
  if (!text.starts_with('{')) throw Error("its header does not begin with {");
  if (text.find('\0') != std::string_view::npos)
    throw Error("its header holds a NUL byte");  // the parser would stop there
  Reader reader;
  json::sax_parse(text.begin(), text.end(), &reader);
  auto& tensors = reader.header.tensors;
  std::sort(tensors.begin(), tensors.end(), [](const auto& a, const auto& b) {
    return std::pair(a.second.begin, a.second.end) < std::pair(b.second.begin, b.second.end);
  });
  std::uint64_t end = 0;
  for (const auto& [name, entry] : tensors) {
    const auto fail = [&, &key = name, &bytes = entry](const std::string& reason) -> void {
      throw Error(shown(key) + " has the data_offsets [" + std::to_string(bytes.begin) + ", " +
                  std::to_string(bytes.end) + "], " + reason);
    };
    const std::uint64_t size = entry.shape.size() * element_size(entry.type);
    if (entry.end < entry.begin) fail("which run backwards");
    if (entry.end > data_size)
      fail("but only " + std::to_string(data_size) + " bytes of data follow the header");
    if (entry.end - entry.begin != size)
      fail("but its shape " + to_string(entry.shape) + " needs " + std::to_string(size) + " bytes");
    if (entry.begin != end)
      fail(std::string(entry.begin < end ? "which overlap" : "which leave a gap after") +
           " the tensor before, that ends at " + std::to_string(end));
    end = entry.end;
  }
  if (end != data_size)
    throw Error(std::to_string(data_size - end) + " bytes are left over behind the last tensor");
  return std::move(reader.header);
}

}  // namespace mend
