#pragma once

#include <string>
#include <utility>
#include <vector>

#include "mend/check/makers.hpp"
#include "mend/check/report.hpp"

// What every layer promises beside the right gradient, in one place.
namespace mend {

/// What the laws must know about a layer that they cannot see.
struct LayerTraits {
  bool rows_independent = true;  ///< Each row of y depends on the same row of x alone.
  /// Shapes of x that do not fit, each with the text that the error must contain about what would have fitted.
  std::vector<std::pair<Shape, std::string>> misfits = {};
  std::string complains_as = {};  ///< Whose name errors bear; the layer's own when empty.
};

/// Whether the layer that `make` makes keeps what every layer promises:
/// - **one layer for all scalars**: description, output shape and parameters agree; gradients begin at zero;
/// - **predict is forward without memory**, and both return `output_shape`;
/// - **arguments and parameters are left alone**: only gradients change;
/// - **backward adds**: a second one doubles the gradients of parameters, and returns the same dx;
/// - **backward is linear** in the upstream gradient;
/// - **backward_to_parameters** is backward without dx;
/// - **backward belongs to the last forward**, whatever was seen before it (a batch of another size, one without
///   rows) or predicted since;
/// - **rows are independent**, unless the traits say otherwise;
/// - **float computes what double computes**;
/// - **a checkpoint is enough**: parameters and random streams carried into a new layer bring back the same y and dx;
/// - **what does not fit is refused** in one line that names the layer, what was expected and what was found, and
///   leaves no trace in the gradients.
///
/// Two things no law can see: a parameter that `parameters()` does not list, and an x that does not fit unless the traits
/// name one. Inputs and parameters are normal numbers; a layer with a domain has to bear them.
/// \param make  makes the layer for each scalar  \param x  the shape of an input: at least 3 rows  \param traits  what
///   cannot be seen  \throws Error for fewer rows
LawReport check_laws(const LayerMaker& make, const Shape& x, const LayerTraits& traits = {});

}  // namespace mend
