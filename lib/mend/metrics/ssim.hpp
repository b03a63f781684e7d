#pragma once

#include <cstddef>

#include "mend/tensor/tensor.hpp"

namespace mend {

/// The structural similarity of each pair of images (Wang et al. 2004): are brightness, contrast and pattern alike in
/// each neighbourhood? 1 for equal images and only for these, 0 for unrelated ones, negative for inverted patterns.
///
/// In each window with local means m, variances v and covariance c
///   SSIM = (2 m_a m_b + C1) (2 c + C2) / ((m_a^2 + m_b^2 + C1) (v_a + v_b + C2)),  C1 = 0.01^2, C2 = 0.03^2
/// for pixels in [0, 1], and the value of an image is the mean over its windows. As in the paper a window is a
/// Gaussian of standard deviation 1.5 on 11 x 11 pixels whose weights sum to 1, and lies inside the frame wholly:
/// 28 x 28 pixels have 18 x 18 windows, so the outermost pixels count least.
/// \param a  (N, H W)  \param b  (N, H W)
/// \param height  H, at least 11  \param width  W, at least 11
/// \return (N), each in [-1, 1]
/// \throws ShapeError when the shapes differ, are not (N, height width), or an image is smaller than a window
Tensor<double> ssim(const Tensor<float>& a, const Tensor<float>& b, std::size_t height = 28,
                    std::size_t width = 28);

}  // namespace mend
