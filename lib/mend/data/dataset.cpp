#include "mend/data/dataset.hpp"

#include <zlib.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <numeric>
#include <optional>
#include <set>
#include <system_error>

#include "mend/data/idx.hpp"
#include "mend/data/stroke_digits.hpp"
#include "mend/tensor/ops.hpp"

namespace mend {
namespace {

namespace fs = std::filesystem;

const char* const other_ways =
    "run datasets/fetch.sh, which fetches MNIST into datasets/mnist, or take --data fashion or --data "
    "strokes";

// A data set known by its content.
struct Published {
  std::string name;
  std::vector<fs::path> folders;  // where it may be, best first
  std::uint32_t checksum;
  std::vector<std::string> class_names;
};
const Published mnist{"MNIST",
                      {"datasets/mnist", "../shared/datasets/mnist"},
                      0x1939f699,
                      {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}};
const Published fashion{"Fashion-MNIST",
                        {"/usr/share/datasets/fashion-mnist"},
                        0xc7a95b27,
                        {"T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker",
                         "Bag", "Ankle boot"}};

// The file of this name in the folder, gzipped or not.
std::optional<fs::path> find_file(const fs::path& folder, const std::string& name) {
  for (const std::string ending : {".gz", ""})
    if (std::error_code error; fs::is_regular_file(folder / (name + ending), error))
      return folder / (name + ending);
  return std::nullopt;
}

// Whether somebody meant to put a data set here.
bool has_any_file(const fs::path& folder) {
  for (const char* name : {"train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte",
                           "t10k-labels-idx1-ubyte"})
    if (find_file(folder, name)) return true;
  return false;
}

Tensor<std::uint8_t> read_file_of(const fs::path& folder, const std::string& name, std::size_t rank) {
  const std::optional<fs::path> path = find_file(folder, name);
  if (!path) throw Error((folder / name).string() + "[.gz] is missing: " + other_ways);
  Tensor<std::uint8_t> content = read_idx(*path);
  if (content.rank() != rank)
    throw Error(path->string() + ": expected " + (rank == 3 ? "images (N, H, W)" : "labels (N)") +
                ", found " + to_string(content.shape()) + ": are images and labels exchanged?");
  if (content.size() == 0) throw Error(path->string() + ": expected at least one image, found none");
  return content;
}

Images read_images(const fs::path& folder, const std::string& prefix) {
  Images images{read_file_of(folder, prefix + "-images-idx3-ubyte", 3), {}};
  const Tensor<std::uint8_t> labels = read_file_of(folder, prefix + "-labels-idx1-ubyte", 1);
  if (labels.size() != images.pixels.dim(0))
    throw Error((folder / prefix).string() +
                "-...: the label file does not match: " + std::to_string(images.pixels.dim(0)) +
                " images but " + std::to_string(labels.size()) + " labels; get both from the same place");
  images.labels.assign(labels.begin(), labels.end());
  return images;
}

Dataset load_folder(const fs::path& folder) {
  if (std::error_code error; !fs::is_directory(folder, error))
    throw Error(folder.string() + ": expected a folder with MNIST's four files, \"mnist\", \"fashion\" or " +
                "\"strokes\", found no such folder: " + other_ways);
  Dataset data;
  data.train = read_images(folder, "train");
  data.test = read_images(folder, "t10k");
  const Shape &train = data.train.pixels.shape(), &test = data.test.pixels.shape();
  if (train[1] != test[1] || train[2] != test[2])
    throw Error(folder.string() + ": training and test images must be of one size, found " +
                to_string(train) + " and " + to_string(test) + "; get both from the same place");
  const std::uint32_t crc = checksum(data.train, data.test);
  for (const Published* known : {&mnist, &fashion})
    if (known->checksum == crc) {
      data.name = known->name;
      data.class_names = known->class_names;
      return data;
    }
  data.name = fs::weakly_canonical(folder).filename().string();
  for (const Published* known : {&mnist, &fashion})
    if (data.name == known->name) data.name += " (other images)";
  const int last = std::max(*std::max_element(data.train.labels.begin(), data.train.labels.end()),
                            *std::max_element(data.test.labels.begin(), data.test.labels.end()));
  for (int label = 0; label <= last; ++label) data.class_names.push_back(std::to_string(label));
  return data;
}

// The data set from the first folder that holds one; nothing else may pass for it.
std::optional<Dataset> find(const Published& wanted) {
  for (const fs::path& folder : wanted.folders) {
    if (!has_any_file(folder)) continue;
    Dataset data = load_folder(folder);
    if (data.name == wanted.name) return data;
    throw Error(folder.string() + ": the files are whole, but not " + wanted.name +
                " as published: remove them, or name this folder with --data " + folder.string());
  }
  return std::nullopt;
}

Images select(const Images& images, const std::vector<std::size_t>& index) {
  Images selected{gather_rows(images.pixels, index), {}};
  for (const std::size_t n : index) selected.labels.push_back(images.labels[n]);
  return selected;
}

void require_labelled(const char* what, const Images& images) {
  if (images.pixels.rank() != 3 || images.pixels.dim(0) != images.labels.size())
    throw ShapeError(std::string(what) + ": pixels are " + to_string(images.pixels.shape()) + " with " +
                     std::to_string(images.labels.size()) + " labels but (N, H, W) with N was expected");
}

}  // namespace

std::uint32_t checksum(const Images& train, const Images& test) {
  uLong crc = 0;
  for (const Images* images : {&train, &test}) {
    crc = crc32_z(crc, images->pixels.data(), images->pixels.size());
    crc = crc32_z(crc, images->labels.data(), images->labels.size());
  }
  return static_cast<std::uint32_t>(crc);
}

Dataset load_dataset(const std::string& where) {
  if (where == "strokes") return stroke_digits(60000, 10000, 1);
  if (where == "mnist") {
    if (auto data = find(mnist)) return *std::move(data);
    throw Error("MNIST is neither in " + mnist.folders[0].string() + " nor in " + mnist.folders[1].string() +
                ": " + other_ways);
  }
  if (where == "fashion") {
    if (auto data = find(fashion)) return *std::move(data);
    throw Error("Fashion-MNIST is not in " + fashion.folders[0].string() +
                ": install Debian's package dataset-fashion-mnist, or take --data strokes");
  }
  if (!where.empty()) return load_folder(where);

  const char* const named = std::getenv("MEND_DATA");
  if (named != nullptr && *named != '\0') return load_dataset(named);
  if (auto data = find(mnist)) return *std::move(data);
  if (auto data = find(fashion)) return *std::move(data);
  return load_dataset("strokes");
}

Images keep_classes(const Images& images, const std::vector<std::uint8_t>& classes) {
  require_labelled("keep_classes", images);
  if (classes.empty()) throw Error("keep_classes: expected at least one class, found none");
  const std::set<std::uint8_t> there(images.labels.begin(), images.labels.end());
  for (const std::uint8_t label : classes) {
    if (there.contains(label)) continue;
    std::string found;
    for (const std::uint8_t other : there) (found += " ") += std::to_string(other);
    throw Error("keep_classes: no image is of class " + std::to_string(label) +
                "; the labels that exist are:" + found);
  }
  const std::set<std::uint8_t> wanted(classes.begin(), classes.end());
  std::vector<std::size_t> index;
  for (std::size_t n = 0; n < images.labels.size(); ++n)
    if (wanted.contains(images.labels[n])) index.push_back(n);
  return select(images, index);
}

Tensor<float> to_rows(const Images& images) {
  const Tensor<std::uint8_t>& pixels = images.pixels;
  if (pixels.rank() != 3)
    throw ShapeError("to_rows: pixels are " + to_string(pixels.shape()) + " but (N, H, W) was expected");
  Tensor<float> rows = cast<float>(pixels).reshaped({pixels.dim(0), pixels.dim(1) * pixels.dim(2)});
  for (float& v : rows) v /= 255;
  return rows;
}

std::pair<Images, Images> split(const Images& images, double share, Random& random) {
  require_labelled("split", images);
  const std::size_t count = images.labels.size();
  const double second = std::round(share * static_cast<double>(count));
  if (!(second >= 1 && second <= static_cast<double>(count) - 1))
    throw Error(
        "split: a share of " + std::to_string(share) + " of " + std::to_string(count) +
        " images leaves one part empty; expected a share in (0, 1) and at least one image in each part");
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  random.shuffle(order);
  const auto cut = order.cbegin() + static_cast<std::ptrdiff_t>(count - static_cast<std::size_t>(second));
  return {select(images, {order.cbegin(), cut}), select(images, {cut, order.cend()})};
}

}  // namespace mend
