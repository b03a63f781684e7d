#pragma once

#include "mend/tensor/random.hpp"
#include "mend/tensor/tensor.hpp"

// Damage without a mask: every pixel may be wrong, and nobody says which. With x a pixel in [0, 1]:
//
//   damage                      a pixel becomes                 expected squared error
//   Gaussian noise, sigma       x + sigma z,  z ~ N(0, 1)       sigma^2
//   salt and pepper, share p    0 or 1, with probability p      p (x^2 + (1 - x)^2) / 2
//   speckle, sigma              x (1 + sigma z)                 sigma^2 x^2
//
// Gaussian noise and speckle are not clipped: that is what their formulas, and the best linear restorer, are about. A
// picture can hold no such pixels; clip_pixels() makes one, with a smaller error. As training inputs of autoencoders:
// Vincent et al. 2010.
namespace mend {

/// Adds independent normal noise. \param images  any shape  \param sigma  the standard deviation, at least 0
/// \param random  the stream of the noise  \throws Error when sigma is negative or not finite
Tensor<float> add_gaussian_noise(Tensor<float> images, double sigma, Random& random);

/// Turns pixels black or white, each equally often, whatever they were.
/// \param images  any shape  \param share  the probability that a pixel is hit, 0 to 1
/// \param random  the stream of the noise  \throws Error when the share leaves [0, 1]
Tensor<float> add_salt_and_pepper(Tensor<float> images, double share, Random& random);

/// Multiplies each pixel by 1 and normal noise: bright pixels suffer, black ones stay black.
/// \param images  any shape  \param sigma  the standard deviation of the factor, at least 0
/// \param random  the stream of the noise  \throws Error when sigma is negative or not finite
Tensor<float> add_speckle(Tensor<float> images, double sigma, Random& random);

/// Pixels below 0 become 0, those above 1 become 1.
Tensor<float> clip_pixels(Tensor<float> images);

}  // namespace mend
