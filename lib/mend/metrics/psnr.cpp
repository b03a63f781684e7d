#include "mend/metrics/psnr.hpp"

#include <cmath>
#include <limits>

namespace mend {

double psnr(double mse) {
  if (mse < 0) throw Error("psnr: expected a mean squared error of at least 0, found " + std::to_string(mse));
  return mse == 0 ? std::numeric_limits<double>::infinity() : -10 * std::log10(mse);
}

double mean_psnr(const Tensor<double>& mse) {
  if (mse.rank() != 1 || mse.size() == 0)
    throw ShapeError("mean_psnr: mse is " + to_string(mse.shape()) + " but (N) with N >= 1 was expected");
  double sum = 0;
  for (const double image : mse) sum += psnr(image);
  return sum / static_cast<double>(mse.size());
}

}  // namespace mend
