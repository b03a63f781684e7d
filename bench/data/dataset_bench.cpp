#include "data/idx_files.hpp"
#include "mend/data/dataset.hpp"
#include "mend/data/stroke_digits.hpp"
#include "support.hpp"

using namespace bench;

namespace {

const mend::Images& ten_digits() {
  static const mend::Images digits = mend::stroke_digits(image_count, 1, 1).train;
  return digits;
}

// Four files: training and test images, and their labels.
const bool load = add("data/load_dataset", {0, (image_count + 1920) * (pixels + 1)}, [] {
  return [files = std::make_shared<IdxFiles>(true)] {
    return mend::load_dataset(files->folder().string()).train.pixels[0];
  };
});
const bool keep = add("data/keep_classes", {0, 0.2 * image_count * 2 * pixels}, [] {
  return [] { return mend::keep_classes(ten_digits(), {5, 7}).pixels[0]; };
});
const bool rows = add("data/to_rows", {image_count * pixels, image_count* pixels*(1.0 + sizeof(float))},
                      [] { return [] { return mend::to_rows(ten_digits())[0]; }; });
const bool split = add("data/split", {0, 2.0 * image_count* pixels}, [] {
  return
      [random = mend::Random(1)]() mutable { return mend::split(ten_digits(), 0.1, random).first.pixels[0]; };
});

}  // namespace
