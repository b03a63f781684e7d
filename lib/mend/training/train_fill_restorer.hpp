#pragma once

#include <memory>

#include "mend/models/fill_restorer.hpp"
#include "mend/training/filled_images.hpp"
#include "mend/training/history.hpp"

namespace mend {

/// The recipe; the defaults are what was best on 1,000 held-out fives and sevens of MNIST's training images.
struct FillRestorerOptions {
  std::size_t epochs = 30;                    ///< How often each image is seen, with one hole each time.
  std::size_t batch_size = 64;                ///< Images per step.
  std::size_t width = 512;                    ///< Of a hidden layer.
  std::size_t hidden_layers = 2;              ///< How many.
  double learning_rate = 5e-4;                ///< Adam's first; it falls to 0 along half a cosine.
  double weight_decay = 0.05;                 ///< AdamW's.
  std::uint64_t seed = 1;                     ///< Of the initial weights and of the order of the images.
  bool quiet = false;                         ///< No progress bar.
  const Tensor<float>* validation = nullptr;  ///< Held-out images, (V, D), or none.
  const FilledImages* validation_filled = nullptr;  ///< The same with holes, as fill_random_holes makes them.
};

/// A trained restorer and how its loss fell.
struct TrainedFillRestorer {
  FillRestorer restorer;  ///< Ready to restore.
  History history;        ///< An entry for each epoch.
};

/// The loss of a network, or of none: clipped_mse of m + s f, where every pixel of the hole weighs
/// \f$ 1 / \sqrt{\sum_h s^2} \f$.
///
/// \f$ \sum_h s^2 \f$ is the squared error that the Gaussian expects of its own fill. With equal weights the
/// largest holes would be nearly all of the loss; divided by what is expected, small holes would count as much
/// as large ones but make it noisy. The root stands between them, and was better than both.
/// \param fill  who filled  \param images  (N, D), the originals  \param holes  the same, with holes filled
/// \param net  f, or null for the Gaussian fill alone
/// \throws ShapeError when these do not belong together
double correction_loss(const GaussianFill& fill, const Tensor<float>& images, const FilledImages& holes,
                       const Layer<float>* net = nullptr);

/// Trains a correction_network by AdamW, with the loss above.
///
/// Same arguments, same bytes, whatever the number of threads.
/// \code
/// const auto fill = std::make_shared<const GaussianFill>(train);
/// Random masks(1, "masks");
/// const std::vector<FilledImages> epochs = fill_epochs(*fill, train, 10, masks);
/// const Restorer restore = train_fill_restorer(fill, train, epochs).restorer;
/// \endcode
/// A Gaussian fills the images that it was fitted to better than others, so a network that learns from these
/// corrects too little. With 15 images a pixel that makes no difference (fives and sevens of MNIST: measured by
/// leaving each image out of its own fill); with few, fit the fill to other images than the network's.
/// \param fill  who fills  \param images  (N, D), the training images
/// \param epochs  the same with holes, as fill_epochs makes them: epoch e takes number e modulo how many there are
/// \param options  how
/// \throws Error when there is nothing to learn from or an option is out of its range
/// \throws ShapeError when images and epochs do not belong together
TrainedFillRestorer train_fill_restorer(std::shared_ptr<const GaussianFill> fill, const Tensor<float>& images,
                                        const std::vector<FilledImages>& epochs,
                                        const FillRestorerOptions& options = {});

}  // namespace mend
