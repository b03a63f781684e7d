#include "mend/check/suspects.hpp"

#include <algorithm>

#include "mend/tensor/ops.hpp"

namespace mend {

using Complex = std::complex<double>;

Tensor<double> other_batch(const Tensor<double>& x) {
  if (x.dim(0) == 1 && x.size() > 1) {
    Tensor<double> turned = x;
    std::rotate(turned.begin(), turned.begin() + 1, turned.end());
    return turned;
  }
  std::vector<std::size_t> rows;
  for (std::size_t n = 0; n < x.dim(0); ++n) rows.push_back((n + 1) % x.dim(0));
  return gather_rows(x, rows);
}

std::vector<Suspect> Suspects::of(Tensor<Complex>& at, const Coordinates& coordinates,
                                  const Tensor<double>& truth) {
  std::vector<Suspect> all;
  if (&at == &x_ && upstream_.shape() == x_.shape()) all = of_elementwise(coordinates, truth);
  all.push_back({Cause::stale, "it is the gradient at the batch before; backward belongs to the last forward",
                 [this, &at, coordinates] { return slopes_at_other_batch(at, coordinates); }});
  if (&at != &x_)
    for (std::size_t n = 0; n < upstream_.dim(0); ++n)
      all.push_back(
          {Cause::one_example,
           "it is the gradient of row " + std::to_string(n) + " alone: the sum over the batch is missing",
           [this, &at, coordinates, n] { return slopes_of_row(at, coordinates, n); }});
  return all;
}

// Where y has the shape of x the layer may work element by element, and then the truth is slope * dy.
std::vector<Suspect> Suspects::of_elementwise(const Coordinates& coordinates,
                                              const Tensor<double>& truth) const {
  std::vector<Suspect> all;
  const Tensor<double> dy = gather(upstream_, coordinates);
  const auto suspect = [&](Cause cause, const std::string& sentence, auto gradient_of) {
    all.push_back({cause, sentence, [=] {
                     Tensor<double> gradient(truth.shape());
                     for (std::size_t k = 0; k < gradient.size(); ++k)
                       gradient[k] = gradient_of(truth[k], dy[k]);
                     return gradient;
                   }});
  };
  suspect(Cause::slope_forgotten, "dx is dy itself: the derivative of the layer was left out",
          [](double, double d) { return d; });
  suspect(Cause::slope_twice, "the derivative of the layer was multiplied in twice",
          [](double t, double d) { return t * t / d; });
  const std::string mask = "it asks for the sign of dy; the mask must ask about x";
  suspect(Cause::mask_from_upstream, mask, [](double, double d) { return d > 0 ? d : 0; });
  suspect(Cause::mask_from_upstream, mask, [](double t, double d) { return d > 0 ? t : 0; });
  double low = 0, high = 0;  // the slopes of a rectifier, leaking or not
  for (std::size_t k = 0; k < dy.size(); ++k) {
    low = k ? std::min(low, truth[k] / dy[k]) : truth[k] / dy[k];
    high = k ? std::max(high, truth[k] / dy[k]) : truth[k] / dy[k];
  }
  suspect(Cause::mask_from_upstream, mask, [=](double, double d) { return d > 0 ? high * d : low * d; });
  return all;
}

Tensor<double> Suspects::slopes(Tensor<Complex>& at, const Coordinates& coordinates,
                                const Tensor<double>& upstream) {
  const Tensor<Complex> dy = cast<Complex>(upstream);
  return complex_step(at, coordinates, [&] { return dot(twin_.forward(x_), dy); });
}

Tensor<double> Suspects::slopes_at_other_batch(Tensor<Complex>& at, const Coordinates& coordinates) {
  const Tensor<Complex> before = x_;
  Tensor<double> real(x_.shape());
  std::transform(x_.begin(), x_.end(), real.begin(), [](const Complex& v) { return v.real(); });
  x_ = cast<Complex>(other_batch(real));
  Tensor<double> found = slopes(at, coordinates, upstream_);
  x_ = before;
  return found;
}

Tensor<double> Suspects::slopes_of_row(Tensor<Complex>& at, const Coordinates& coordinates, std::size_t n) {
  Tensor<double> one(upstream_.shape());
  const std::size_t width = upstream_.size() / upstream_.dim(0);
  std::copy_n(upstream_.data() + n * width, width, one.data() + n * width);
  return slopes(at, coordinates, one);
}

}  // namespace mend
