#include "mend/files/npy_header.hpp"

#include <charconv>
#include <limits>
#include <set>

namespace mend {
namespace {

constexpr const char* form = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";
constexpr const char* types[] = {"<f4", "<f8", "|u1"};  // of StoredType and of StoredTensor, in their order

// The few words of Python that NumPy writes. Nothing nests, so nothing recurses.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text), rest_(text) {}

  NpyHeader dictionary() {
    NpyHeader header;
    std::set<std::string_view> keys;
    require("{");
    while (!take("}")) {
      const std::string_view key = text();
      if (!keys.insert(key).second) throw Error("its header has the key " + shown(key) + " twice");
      require(":");
      if (key == "descr")
        header.type = type();
      else if (key == "fortran_order")
        c_order();
      else if (key == "shape")
        header.shape = shape();
      else
        throw Error("its header has the key " + shown(key) + "; expected " + form);
      if (!take(",")) {
        require("}");
        break;
      }
    }
    skip_blanks();
    if (!rest_.empty() || keys.size() != 3) misplaced();
    return header;
  }

 private:
  [[noreturn]] void misplaced() const {
    throw Error("its header, at byte " + std::to_string(text_.size() - rest_.size()) + " of " + shown(text_) +
                ", is not of the form " + form);
  }

  void skip_blanks() {
    const std::size_t blanks = rest_.find_first_not_of(" \n");
    rest_.remove_prefix(blanks == std::string_view::npos ? rest_.size() : blanks);
  }
  bool take(std::string_view word) {
    skip_blanks();
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }
  void require(std::string_view word) {
    if (!take(word)) misplaced();
  }

  std::string_view text() {
    skip_blanks();
    const std::size_t end = rest_.empty() ? std::string_view::npos : rest_.find(rest_.front(), 1);
    if (end == std::string_view::npos || (rest_.front() != '\'' && rest_.front() != '"')) misplaced();
    const std::string_view found = rest_.substr(1, end - 1);
    rest_.remove_prefix(end + 1);
    return found;
  }

  StoredType type() {
    skip_blanks();
    if (rest_.starts_with('['))
      throw Error("its elements are records of several fields; save each field in an array of its own");
    const std::string_view found = text();
    for (const StoredType type : {StoredType::f32, StoredType::f64, StoredType::u8})
      if (found == types[static_cast<std::size_t>(type)]) return type;
    if (found.ends_with('O'))
      throw Error("its elements are Python objects, which only Python can read, by running what they say");
    throw Error("its elements are of type " + shown(found) +
                "; '<f4', '<f8' and '|u1' can be read: convert them in NumPy, x.astype('<f4')");
  }

  void c_order() {
    if (take("True"))
      throw Error(
          "its elements lie in Fortran order, column by column; C order can be read: save "
          "numpy.ascontiguousarray(x)");
    require("False");
  }

  Shape shape() {
    std::size_t extents[Shape::max_rank], rank = 0;
    std::size_t most = std::numeric_limits<std::size_t>::max() / sizeof(double);
    bool comma = true;  // (3) is no tuple but a number in brackets: one extent needs its comma
    require("(");
    while (!take(")")) {
      if (!comma) misplaced();
      if (rank == Shape::max_rank)
        throw Error("its shape has more than 4 axes; save a reshaped array of at most 4");
      std::size_t extent = 0;
      skip_blanks();
      const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), extent);
      if (error == std::errc::invalid_argument) misplaced();
      if (error != std::errc() || extent > most)
        throw Error("its shape announces more elements than 64 bits can count");
      most /= std::max<std::size_t>(extent, 1);  // with a zero among them the others may not run away either
      rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
      extents[rank++] = extent;
      comma = take(",");
    }
    if (rank == 1 && !comma) misplaced();
    return Shape(extents, rank);
  }

  std::string_view text_, rest_;
};

std::string python_tuple(const Shape& shape) {  // "(2, 3)" and "()" are Python, "(2)" needs a comma
  std::string text = to_string(shape);
  if (shape.rank() == 1) {
    text.back() = ',';
    text += ')';
  }
  return text;
}

}  // namespace

NpyHeader parse_npy_header(std::string_view text) { return Reader(text).dictionary(); }

std::string npy_header(const StoredTensor& tensor) {
  const Shape shape = std::visit([](const auto& x) { return x.shape(); }, tensor);
  std::string dictionary = std::string("{'descr': '") + types[tensor.index()] +
                           "', 'fortran_order': False, 'shape': " + python_tuple(shape) + ", }";
  std::string bytes("\x93NUMPY\x01\x00", 8);
  const std::size_t before = bytes.size() + 2;  // the length has two bytes
  // The last byte is a new line, and the elements behind it begin at a multiple of 64: they can be mapped to memory.
  dictionary.resize((before + dictionary.size() + 1 + 63) / 64 * 64 - before, ' ');
  dictionary.back() = '\n';
  bytes += static_cast<char>(dictionary.size() & 255);
  bytes += static_cast<char>(dictionary.size() >> 8);
  return bytes + dictionary;
}

}  // namespace mend
