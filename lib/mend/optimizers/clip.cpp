#include "mend/optimizers/clip.hpp"

#include <cmath>
#include <string>

namespace mend {
namespace {

// The sum of squares in double, in several partial sums: one alone would wait for itself.
template <class T>
double sum_of_squares(const Tensor<T>& x) {
  constexpr std::size_t lanes = 32;
  double partial[lanes] = {}, total = 0;
  const std::size_t whole = x.size() / lanes * lanes;
  for (std::size_t i = 0; i < whole; i += lanes)
    for (std::size_t k = 0; k < lanes; ++k) {
      const double v = static_cast<double>(x[i + k]);
      partial[k] += v * v;
    }
  for (std::size_t i = whole; i < x.size(); ++i)
    total += static_cast<double>(x[i]) * static_cast<double>(x[i]);
  for (const double p : partial) total += p;
  return total;
}

}  // namespace

template <class T>
double clip_by_norm(const std::vector<Parameter<T>*>& parameters, double max_norm) {
  if (!(max_norm > 0))
    throw Error("clip_by_norm: expected a largest norm above 0, found " + std::to_string(max_norm));
  double squares = 0;
  for (const Parameter<T>* p : parameters) squares += sum_of_squares(p->grad);
  const double norm = std::sqrt(squares);
  if (!std::isfinite(norm) || norm <= max_norm) return norm;
  const double factor = max_norm / norm;
  for (Parameter<T>* p : parameters)
    for (T& g : p->grad) g = static_cast<T>(factor * static_cast<double>(g));
  return norm;
}

template double clip_by_norm(const std::vector<Parameter<float>*>&, double);
template double clip_by_norm(const std::vector<Parameter<double>*>&, double);

}  // namespace mend
