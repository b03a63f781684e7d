#pragma once

#include <stdexcept>
#include <string>

namespace mend {

/// What the library throws when it cannot do what it was asked: one line that says what was expected,
/// what was found and what to do.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Thrown when shapes do not fit; the text names the function and both shapes.
class ShapeError : public Error {
 public:
  using Error::Error;
};

}  // namespace mend
