#include "cli/digits.hpp"

#include <algorithm>

#include "mend/losses/mse.hpp"
#include "mend/tensor/ops.hpp"

namespace mend::cli {
namespace {

Images first_images(Images images, std::size_t count) {
  count = std::min(count, images.labels.size());
  images.labels.resize(count);
  return {slice_rows(images.pixels, 0, count), std::move(images.labels)};
}

}  // namespace

Digits load_digits(const RunOptions& options) {
  const Dataset dataset = load_dataset(options.data);
  if (dataset.train.pixels.dim(1) != 28 || dataset.train.pixels.dim(2) != 28)
    throw Error("the assignment's networks take images of 28 x 28 pixels, but those of " + dataset.name +
                " are " + to_string(dataset.train.pixels.shape()) + "; choose another --data");
  Digits digits;
  digits.dataset = dataset.name;
  for (const std::uint8_t label : assignment_classes) digits.names.push_back(dataset.class_names.at(label));
  digits.train_images = keep_classes(dataset.train, assignment_classes);
  digits.test_images = keep_classes(dataset.test, assignment_classes);
  if (options.quick) {
    digits.train_images = first_images(std::move(digits.train_images), 1280);
    digits.test_images = first_images(std::move(digits.test_images), 256);
  }
  digits.train = to_rows(digits.train_images);
  digits.test = to_rows(digits.test_images);
  const Tensor<float> mean = mean_rows(digits.train);
  digits.mean_test_mse = mse(add_rows(Tensor<float>(digits.test.shape()), mean), digits.test).value;
  return digits;
}

std::size_t count_label(const Images& images, std::uint8_t label) {
  return static_cast<std::size_t>(std::count(images.labels.begin(), images.labels.end(), label));
}

}  // namespace mend::cli
