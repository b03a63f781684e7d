#include "mend/tensor/shape.hpp"

#include <limits>

#include "mend/tensor/error.hpp"

namespace mend {

Shape::Shape(const std::size_t* extents, std::size_t rank) : rank_(rank) {
  if (rank > max_rank)
    throw ShapeError("Shape: a tensor has at most " + std::to_string(max_rank) + " axes, not " +
                     std::to_string(rank));
  for (std::size_t axis = 0; axis < rank; ++axis) {
    extents_[axis] = extents[axis];
    if (extents[axis] != 0 && size_ > std::numeric_limits<std::size_t>::max() / extents[axis])
      throw ShapeError("Shape: the number of elements does not fit into 64 bits");
    size_ *= extents[axis];
  }
}

std::size_t Shape::operator[](std::size_t axis) const {
  if (axis >= rank_)
    throw ShapeError("Shape: axis " + std::to_string(axis) + " of " + to_string(*this) + ", which has only " +
                     std::to_string(rank_));
  return extents_[axis];
}

std::string to_string(const Shape& shape) {
  std::string text = "(";
  for (const std::size_t extent : shape) {
    if (text.size() > 1) text += ", ";
    text += std::to_string(extent);
  }
  return text + ")";
}

std::ostream& operator<<(std::ostream& out, const Shape& shape) { return out << to_string(shape); }

}  // namespace mend
