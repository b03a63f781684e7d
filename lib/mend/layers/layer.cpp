#include "mend/layers/layer.hpp"

namespace mend {

void require_columns(const std::string& what, const Shape& x, std::size_t width) {
  if (x.rank() != 2 || x[1] != width)
    throw ShapeError(what + ": x is " + to_string(x) + " but (N, " + std::to_string(width) +
                     ") was expected");
}

void require_upstream(const std::string& what, const Shape& dy, const Shape& y) {
  if (dy != y)
    throw ShapeError(what + "::backward: dy is " + to_string(dy) + " but the last forward returned " +
                     to_string(y));
}

}  // namespace mend
