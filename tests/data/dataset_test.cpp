#include "mend/data/dataset.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numeric>
#include <optional>
#include <set>

#include "data/idx_fixture.hpp"

using namespace mend;
using mend::test::expect_error;
using mend::test::idx_text;
namespace fs = std::filesystem;

namespace {

// The i-th image is all i.
Images numbered_images(std::vector<std::uint8_t> labels, std::size_t height = 3, std::size_t width = 2) {
  Tensor<std::uint8_t> pixels({labels.size(), height, width});
  for (std::size_t i = 0; i < pixels.size(); ++i) pixels[i] = static_cast<std::uint8_t>(i / (height * width));
  return {pixels, labels};
}

// Writes the four files, gzipped or not.
void write_folder(const fs::path& folder, const Images& train, const Images& test,
                  const std::string& ending) {
  fs::create_directories(folder);
  for (const auto& [prefix, images] : {std::pair{"train", &train}, std::pair{"t10k", &test}}) {
    const Tensor<std::uint8_t> labels({images->labels.size()}, images->labels);
    test::write(folder / (std::string(prefix) + "-images-idx3-ubyte" + ending), idx_text(images->pixels));
    test::write(folder / (std::string(prefix) + "-labels-idx1-ubyte" + ending), idx_text(labels));
  }
}

// A fresh folder with five training and two test images in plain files.
fs::path small_folder() {
  const fs::path folder = fresh_folder();
  write_folder(folder, numbered_images({5, 7, 7, 0, 5}), numbered_images({7, 5}), "");
  return folder;
}

// Sets $MEND_DATA while it lives.
class MendData {
 public:
  explicit MendData(const std::string& value) {
    if (const char* before = std::getenv("MEND_DATA")) before_ = before;
    setenv("MEND_DATA", value.c_str(), 1);
  }
  ~MendData() { before_ ? setenv("MEND_DATA", before_->c_str(), 1) : unsetenv("MEND_DATA"); }

 private:
  std::optional<std::string> before_;
};

// Makes another folder the current one while it lives.
class CurrentFolder {
 public:
  explicit CurrentFolder(const fs::path& folder) : before_(fs::current_path()) { fs::current_path(folder); }
  ~CurrentFolder() { fs::current_path(before_); }

 private:
  fs::path before_;
};

double mean_pixel(const Images& images) {
  const double total = std::accumulate(images.pixels.begin(), images.pixels.end(), 0.0);
  return total / 255 / static_cast<double>(images.pixels.size());
}

}  // namespace

TEST(Dataset, IsReadFromAFolderPackedOrNot) {
  for (const std::string ending : {"", ".gz"}) {
    const fs::path folder = fresh_folder() / "little-letters";
    const Images train = numbered_images({5, 7, 7, 0, 5}), test = numbered_images({7, 5});
    write_folder(folder, train, test, ending);
    const Dataset data = load_dataset(folder.string() + "/");
    EXPECT_EQ(data.name, "little-letters");
    EXPECT_EQ(data.class_names, (std::vector<std::string>{"0", "1", "2", "3", "4", "5", "6", "7"}));
    EXPECT_EQ(data.train.pixels, train.pixels);
    EXPECT_EQ(data.train.labels, train.labels);
    EXPECT_EQ(data.test.pixels, test.pixels);
    EXPECT_EQ(data.test.labels, test.labels);
  }
}

TEST(Dataset, RefusesAFolderThatIsNotThere) {
  expect_error([] { load_dataset("no/such/folder"); },
               {"no/such/folder", "no such folder", "datasets/fetch.sh", "--data fashion", "--data strokes"});
  const fs::path file = test::write(fresh_folder() / "file", "no folder");
  expect_error([&] { load_dataset(file.string()); }, {file.string(), "no such folder"});
}

TEST(Dataset, RefusesAMissingFile) {
  for (const std::string name : {"train-images-idx3-ubyte", "train-labels-idx1-ubyte",
                                 "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"}) {
    const fs::path folder = small_folder();
    fs::remove(folder / name);
    expect_error([&] { load_dataset(folder.string()); },
                 {(folder / name).string(), "missing", "datasets/fetch.sh"});
  }
}

TEST(Dataset, RefusesLabelsThatDoNotMatch) {
  const fs::path folder = small_folder();
  test::write(folder / "t10k-labels-idx1-ubyte", idx_text(2049, {3}, "abc"));
  expect_error([&] { load_dataset(folder.string()); },
               {"t10k", "label file does not match", "2 images", "3 labels"});
}

TEST(Dataset, RefusesImagesForLabels) {
  const fs::path folder = small_folder();
  fs::copy_file(folder / "train-images-idx3-ubyte", folder / "train-labels-idx1-ubyte",
                fs::copy_options::overwrite_existing);
  expect_error([&] { load_dataset(folder.string()); },
               {"train-labels-idx1-ubyte", "labels (N)", "(5, 3, 2)"});
}

TEST(Dataset, RefusesTwoSizes) {
  const fs::path folder = fresh_folder();
  write_folder(folder, numbered_images({5, 7}, 3, 2), numbered_images({5}, 2, 3), "");
  expect_error([&] { load_dataset(folder.string()); }, {"(2, 3, 2)", "(1, 2, 3)", "one size"});
}

TEST(Dataset, RefusesNoImages) {
  const fs::path folder = fresh_folder();
  write_folder(folder, numbered_images({5}), numbered_images({}), "");
  expect_error([&] { load_dataset(folder.string()); }, {"t10k-images", "at least one image"});
}

TEST(Dataset, RefusesADamagedFile) {
  const fs::path folder = small_folder();
  test::write(folder / "train-images-idx3-ubyte", "<html>404</html>");
  expect_error([&] { load_dataset(folder.string()); }, {"train-images-idx3-ubyte", "2051"});
}

TEST(Dataset, ComesFromTheEnvironmentWhenNothingIsNamed) {
  const fs::path folder = small_folder();
  {
    const MendData variable(folder.string());
    EXPECT_EQ(load_dataset().train.labels, (std::vector<std::uint8_t>{5, 7, 7, 0, 5}));
  }
  const MendData variable((folder / "nothing").string());
  expect_error([] { load_dataset(); },
               {(folder / "nothing").string(), "no such folder"});   // not silently another
  EXPECT_EQ(load_dataset(folder.string()).train.labels.size(), 5u);  // a name goes first
}

TEST(Dataset, NothingElsePassesForMnist) {
  const MendData variable("");
  const CurrentFolder folder(fresh_folder());
  fs::create_directory("project");
  const CurrentFolder project("project");  // ../shared is within the fresh folder
  expect_error([] { load_dataset("mnist"); },
               {"datasets/mnist", "../shared/datasets/mnist", "datasets/fetch.sh", "--data strokes"});
  write_folder("../shared/datasets/mnist", numbered_images({5, 7}), numbered_images({5}), "");
  expect_error([] { load_dataset("mnist"); }, {"../shared/datasets/mnist", "not MNIST as published"});
  expect_error([] { load_dataset(); }, {"../shared/datasets/mnist", "not MNIST as published"});
  write_folder("datasets/mnist", numbered_images({5, 7}), numbered_images({5}), ".gz");
  expect_error([] { load_dataset("mnist"); },
               {"datasets/mnist", "not MNIST as published", "--data datasets/mnist"});
  EXPECT_EQ(load_dataset("datasets/mnist").name, "mnist");  // a folder's name, in small letters
}

TEST(Dataset, FallsBackWhereThereIsNoMnist) {
  const MendData variable("");
  const CurrentFolder folder(fresh_folder());
  const std::string name = load_dataset().name;
  if (fs::exists("/usr/share/datasets/fashion-mnist/t10k-labels-idx1-ubyte.gz"))
    EXPECT_EQ(name, "Fashion-MNIST");
  else
    EXPECT_EQ(name, "stroke digits");
}

// Whatever is on this machine: MNIST has its published counts, Fashion-MNIST and the generated digits theirs.
TEST(Dataset, HasTheCountsOfItsSource) {
  const MendData variable("");
  const Dataset data = load_dataset();
  const Images train = keep_classes(data.train, {5, 7}), test = keep_classes(data.test, {5, 7});
  EXPECT_EQ(data.train.pixels.shape(), (Shape{60000, 28, 28}));
  EXPECT_EQ(data.test.pixels.shape(), (Shape{10000, 28, 28}));
  ASSERT_EQ(data.class_names.size(), 10u);
  if (data.name == "MNIST") {
    EXPECT_EQ(train.labels.size(), 11686u);  // 5421 + 6265
    EXPECT_EQ(test.labels.size(), 1920u);    // 892 + 1028
    EXPECT_EQ(std::count(train.labels.begin(), train.labels.end(), 5), 5421);
    EXPECT_EQ(std::count(test.labels.begin(), test.labels.end(), 5), 892);
    EXPECT_NEAR(mean_pixel(train), .1211, .00005);
    EXPECT_NEAR(mean_pixel(test), .1229, .00005);
    EXPECT_EQ(data.class_names[5], "5");
  } else {
    EXPECT_EQ(train.labels.size(), 12000u);
    EXPECT_EQ(test.labels.size(), 2000u);
    const bool fashion = data.name == "Fashion-MNIST";
    EXPECT_TRUE(fashion || data.name == "stroke digits") << data.name;
    EXPECT_EQ(data.class_names[5], fashion ? "Sandal" : "5");
    EXPECT_EQ(data.class_names[9], fashion ? "Ankle boot" : "9");
    EXPECT_NEAR(mean_pixel(train), fashion ? .1522 : .122, fashion ? .00005 : .005);
  }
}

TEST(Dataset, SaysHowToGetFashion) {
  if (fs::exists("/usr/share/datasets/fashion-mnist/train-images-idx3-ubyte.gz")) {
    const Dataset data = load_dataset("fashion");
    EXPECT_EQ(data.name, "Fashion-MNIST");
    EXPECT_EQ(data.class_names[0], "T-shirt/top");
    EXPECT_NEAR(mean_pixel(data.train), .2860, .00005);
  } else {
    expect_error([] { load_dataset("fashion"); },
                 {"/usr/share/datasets/fashion-mnist", "dataset-fashion-mnist"});
  }
}

TEST(KeepClasses, KeepsTheirOrder) {
  const Images kept = keep_classes(numbered_images({5, 7, 0, 5, 7, 1}), {7, 5});
  EXPECT_EQ(kept.labels, (std::vector<std::uint8_t>{5, 7, 5, 7}));
  ASSERT_EQ(kept.pixels.shape(), (Shape{4, 3, 2}));
  EXPECT_EQ(kept.pixels(0, 0, 0), 0);
  EXPECT_EQ(kept.pixels(1, 0, 0), 1);
  EXPECT_EQ(kept.pixels(2, 2, 1), 3);
  EXPECT_EQ(kept.pixels(3, 2, 1), 4);
}

TEST(KeepClasses, RefusesAnEmptyClass) {
  const Images images = numbered_images({5, 7, 0, 5});
  expect_error([&] { keep_classes(images, {5, 3}); }, {"class 3", "exist are: 0 5 7"});
  expect_error([&] { keep_classes(images, {}); }, {"at least one class"});
  expect_error(
      [] {
        keep_classes({Tensor<std::uint8_t>({3, 2, 2}), {1, 2}}, {1});
      },
      {"(3, 2, 2)", "2 labels"});
}

TEST(ToRows, ScalesToOne) {
  const Images images{Tensor<std::uint8_t>({2, 1, 3}, {0, 51, 255, 102, 1, 254}), {5, 7}};
  EXPECT_EQ(to_rows(images), Tensor<float>({2, 3}, {0.f, .2f, 1.f, .4f, 1.f / 255, 254.f / 255}));
  expect_error([] { to_rows({Tensor<std::uint8_t>({4}), {}}); }, {"to_rows", "(4)", "(N, H, W)"});
}

TEST(Split, PutsEachImageIntoOnePart) {
  std::vector<std::uint8_t> labels(100);
  std::iota(labels.begin(), labels.end(), std::uint8_t{100});
  const Images images = numbered_images(labels);
  Random random(1), same(1);
  const auto [learn, validate] = split(images, .204, random);
  EXPECT_EQ(learn.labels.size(), 80u);
  EXPECT_EQ(validate.labels.size(), 20u);  // round(20.4)
  std::set<int> seen;
  for (const Images* part : {&learn, &validate})
    for (std::size_t i = 0; i < part->labels.size(); ++i) {
      EXPECT_EQ(part->pixels(i, 2, 1) + 100, part->labels[i]);  // image and label stay together
      seen.insert(part->labels[i]);
    }
  EXPECT_EQ(seen.size(), 100u);
  EXPECT_EQ(split(images, .204, same).second.labels, validate.labels);
  EXPECT_NE(split(images, .204, same).second.labels, validate.labels);
}

TEST(Split, RefusesAnEmptyPart) {
  const Images images = numbered_images({5, 7, 5, 7});
  Random random(1);
  for (const double share : {0.0, .1, .9, 1.0, -.5, 1.5, std::nan("")})
    expect_error([&] { split(images, share, random); }, {"split", "of 4 images", "(0, 1)"});
  EXPECT_EQ(split(images, .25, random).second.labels.size(), 1u);
}
