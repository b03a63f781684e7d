#pragma once

#include <array>
#include <cstddef>
#include <initializer_list>
#include <ostream>
#include <string>

namespace mend {

/// The extents of a tensor along its axes, at most four: (N, D), (N, C, H, W) and the like.
class Shape {
 public:
  static constexpr std::size_t max_rank = 4;  ///< N C H W is as deep as it gets.

  /// The shape of a tensor without elements: (0).
  Shape() : Shape({0}) {}
  /// The extents, first axis first.
  /// \throws ShapeError for more than `max_rank` axes or more elements than an address can count.
  Shape(std::initializer_list<std::size_t> extents) : Shape(extents.begin(), extents.size()) {}
  /// The same from an array, for a rank that is known only when the program runs.
  Shape(const std::size_t* extents, std::size_t rank);

  std::size_t rank() const { return rank_; }  ///< How many axes.
  std::size_t size() const { return size_; }  ///< How many elements: the product of the extents.
  /// The extent along an axis. \throws ShapeError when there is no such axis.
  std::size_t operator[](std::size_t axis) const;
  const std::size_t* begin() const { return extents_.data(); }        ///< The first extent.
  const std::size_t* end() const { return extents_.data() + rank_; }  ///< Past the last extent.

  /// Equal when rank and all extents are.
  friend bool operator==(const Shape& a, const Shape& b) = default;

 private:
  std::array<std::size_t, max_rank> extents_{};
  std::size_t rank_ = 0;
  std::size_t size_ = 1;
};

/// "(128, 784)".
std::string to_string(const Shape& shape);
/// Writes to_string(shape).
std::ostream& operator<<(std::ostream& out, const Shape& shape);

}  // namespace mend
