#pragma once

#include <vector>

#include "mend/layers/layer.hpp"

namespace mend {

/// Shortens the gradient to `max_norm` where it is longer, and keeps its direction (Pascanu et al. 2013).
///
/// The gradient is that of all parameters together: one vector, one norm, one factor. A norm that is not
/// finite is returned and the gradients stay as they are, so that whoever trains sees what happened.
/// \param parameters  whose gradients  \param max_norm  above 0; infinity only measures
/// \return the norm before, carried in double
/// \throws Error unless max_norm > 0
template <class T>
double clip_by_norm(const std::vector<Parameter<T>*>& parameters, double max_norm);

}  // namespace mend
