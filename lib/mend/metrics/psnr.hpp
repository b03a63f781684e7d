#pragma once

#include "mend/tensor/tensor.hpp"

namespace mend {

/// The peak signal-to-noise ratio in decibels, 10 log10(peak^2 / MSE) with peak 1, the largest pixel. The larger the
/// better: 20 dB is an MSE of 0.01, and 10 dB more a tenth of it.
/// \param mse  a mean squared error of pixels in [0, 1]; over which set of pixels is the caller's to say
/// \return infinity for 0, NaN for NaN
/// \throws Error for a negative mse
double psnr(double mse);

/// The mean over images of each image's own ratio: what "PSNR" means in papers on restoration.
///
/// It is not psnr() of the mean MSE and never below it (the logarithm is concave), because a good image can make up
/// for a bad one. A single image without error makes it infinite.
/// \param mse  (N) mean squared errors, one of each image
/// \throws ShapeError unless mse is (N) with N >= 1  \throws Error for a negative one
double mean_psnr(const Tensor<double>& mse);

}  // namespace mend
