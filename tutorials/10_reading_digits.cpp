// # Reading digits
//
// You read the files of MNIST byte by byte, and look at what is in them before any network does.
//
// ## What you will see
//
// - a file of two images, written by hand, read, and refused when it is damaged;
// - a figure: ten images of each class of the data set.
//
// It runs for one to three seconds. A data set is needed, and there always is one: MNIST (handwritten
// digits), else Fashion-MNIST (clothes in the same format), else digits that the program draws itself, called
// *stroke digits*.
//
// **Needs:** shapes, from @ref tutorial_01_tensors_and_shapes.
//
// ## Shapes
//
// | symbol   | meaning                                                      | shape     |
// |----------|--------------------------------------------------------------|-----------|
// | `pixels` | the training images as bytes, 0 black, 255 white             | (N, H, W) |
// | `labels` | the class of each image, 0 to 9                              | (N)       |
// | rows     | ten images of a class, each a row of numbers in [0, 1]       | (10, H W) |
//
// The *class* of an image is what it shows, one of ten digits or garments, and its *label* is the number of
// the class.

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>
#include <string>
#include <vector>

#include "cli/tutorial.hpp"
#include "mend/data/dataset.hpp"
#include "mend/data/idx.hpp"
#include "mend/figures/image_grid.hpp"
#include "mend/tensor/ops.hpp"

using namespace mend;

// ## A file format in one paragraph
//
// MNIST (LeCun, Cortes and Burges 1998) comes in four files: images and labels, for *training* (what a
// network learns from) and for *testing* (what it is judged with, and never learns from). Each is in the
// format IDX: a *magic number* that names the kind of file, the *extents* of the array (its length along each
// axis), the bytes themselves. The magic number and the extents are four bytes long each, the most
// significant byte first (*big-endian*). The magic number says what follows: two zero bytes, then 8 for
// "bytes", then how many extents there are: 3 for images (N, H, W), so 0x00000803 = 2051, and 1 for labels
// (N), so 0x00000801 = 2049. The bytes follow in row-major order, the last axis fastest. That is all, and so
// we can write such a file by hand: two images of 2 x 3 pixels, and the last pixel of the last row of the
// last image is the last byte, 0xfa = 250.

void write(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

void reading_digits(cli::Tutorial& tutorial) {
  using namespace std::string_literals;
  const std::string header =
      "\x00\x00\x08\x03"s   // the magic number of images
      "\x00\x00\x00\x02"s   // N = 2
      "\x00\x00\x00\x02"s   // H = 2
      "\x00\x00\x00\x03"s;  // W = 3
  const std::string pixels = "\x00\x01\x02\x03\x04\x05\xff\xfe\xfd\xfc\xfb\xfa"s;
  const std::filesystem::path file = tutorial.file("two_images.idx");
  write(file, header + pixels);

  const Tensor<std::uint8_t> images = read_idx(file);
  std::cout << "read " << images.shape() << ", the last pixel is " << int{images(1, 1, 2)} << "\n";
  tutorial.expect("images_in_the_file", static_cast<double>(images.dim(0)), 2, 2);
  tutorial.expect("last_pixel", images(1, 1, 2), 250, 250);

  // ## A reader that believes nothing
  //
  // A network trained on garbage does not complain: it learns the garbage. So the reader must complain. It
  // refuses a file that is cut short, has something behind its end, or begins with another magic number, and
  // it says what it found. It takes memory for bytes as they arrive, never for a mere announcement: a damaged
  // header may announce more than any machine has.

  int refused = 0;
  const auto try_to_read = [&](const std::string& bytes) {
    write(file, bytes);
    try {
      read_idx(file);
    } catch (const Error& error) {
      ++refused;
      std::cout << "refused: " << error.what() << "\n";
    }
  };
  try_to_read(header + pixels.substr(1));                        // a byte is missing
  try_to_read(header + pixels + "\x00"s);                        // a byte too many
  try_to_read("\x00\x00\x09\x03"s + header.substr(4) + pixels);  // signed bytes, says this magic number
  std::filesystem::remove(file);
  tutorial.expect("damaged_files_refused", refused, 3, 3);

  // ## The data set
  //
  // @ref mend::load_dataset looks into the folder that `--data` names, else where a data set is likely to
  // lie. It says what it found, and every figure of a data set carries its name: results on one data set say
  // little about another.

  const Dataset dataset = load_dataset(tutorial.data);
  std::cout << dataset.name << ": " << dataset.train.pixels.shape() << " for training, "
            << dataset.test.pixels.shape() << " for testing\n";
  tutorial.show_shape("pixels", "(N, H, W)", dataset.train.pixels.shape());
  tutorial.show_shape("labels", "(N)", {dataset.train.labels.size()});
  std::vector<std::size_t> count(dataset.class_names.size());
  for (const std::uint8_t label : dataset.train.labels) ++count.at(label);
  for (std::size_t label = 0; label < count.size(); ++label)
    std::cout << "  class " << label << " (" << dataset.class_names[label] << "): " << count[label]
              << " training images\n";
  tutorial.expect(
      "classes",
      static_cast<double>(
          std::set<std::uint8_t>(dataset.train.labels.begin(), dataset.train.labels.end()).size()),
      10, 10);
  if (dataset.name == "MNIST") {
    tutorial.expect("training_images", static_cast<double>(dataset.train.labels.size()), 60000, 60000);
    tutorial.expect("test_images", static_cast<double>(dataset.test.labels.size()), 10000, 10000);
  }

  // ## Look at it
  //
  // Ten images of each class. Looking is not a luxury: swapped axes, inverted grey, a label off by one are
  // plain to the eye, and nothing in a table of numbers gives them away.

  std::vector<GridRow> rows;
  for (std::size_t label = 0; label < count.size(); ++label) {
    const Tensor<float> all = to_rows(keep_classes(dataset.train, {static_cast<std::uint8_t>(label)}));
    rows.push_back({dataset.class_names[label], slice_rows(all, 0, 10)});
  }
  tutorial.show_shape("rows", "(10, H W)", rows.front().images.shape());
  save_image_grid(tutorial.file("10_contact_sheet"), rows, {},
                  "A contact sheet of " + dataset.name +
                      ": ten training images of each of its ten classes, a class a row, light "
                      "on black; images of one class resemble each other, and no two are the same.",
                  dataset.name + ", the first ten training images of each class", dataset.train.pixels.dim(1),
                  dataset.train.pixels.dim(2));

  // @figure{10_contact_sheet.svg} The first ten training images of each class, in the order of the file. A
  // *classifier*, a program that names the class of an image, would have to tell the rows apart. A
  // *restorer*, which returns the whole image for a damaged one, has to know more: what the pictures of one
  // row have in common.
  //
  // ## Run
  //
  // ```
  // build/release/tutorials/10_reading_digits --data mnist
  // ```
  //
  // Without `--data` it takes the first data set that is there; `--data fashion` and `--data strokes` ask
  // for the others. An EXPECT line about the number of images appears for MNIST alone.
  //
  // @output
  //
  // ## If it differs
  //
  // - **The magic number is 50855936 instead of 2051**: the four bytes were read, or written, the least
  //   significant first, as most processors store a number.
  // - **Digits lie on their side, mirrored**: row and column are swapped in an index. The last axis, along
  //   which the columns are counted, runs fastest.
  // - **The digits are black on white**: somebody inverted them. MNIST is white ink on black ground, so that
  //   "no ink" is 0.
  //
  // ## Exercise
  //
  // Try: `--data fashion`, and look at classes 5 and 7. Then write a file of labels by hand and read it.
  // What does the reader say when you give it to `--data` together with the images of somebody else?
  //
  // ## For the lecturer
  //
  // @lesson{15}
  //
  // The class should be able to read a binary format from its description, and to say what a reader can check
  // and what only the eye can. Stop at the hand-written header and let somebody name each byte.
  //
  // - **Before running: how many bytes has the file of two images of 2 x 3 pixels, and how many has MNIST's
  //   file of training images, unpacked?** A header of 4 numbers of 4 bytes and a byte per pixel:
  //   16 + 12 = 28, and 16 + 60,000 x 784 = 47,040,016.
  // - **Before running: three damaged files follow. What can the reader know about each?** Of the first, that
  //   its header announces 12 bytes and 11 follow; of the second, that more follow; of the third, that its
  //   magic number is 0x00000903 = 2307, which is neither 2051 nor 2049.
  // - **A file was accepted. Are its images right?** Not necessarily. The reader checks the magic number
  //   and the size. Images that are inverted or, being square, lie on their side have the same header and
  //   as many bytes; that is why the page ends with a look at them.
  // - **Why not reserve memory for what the header announces, and then read?** Each of the three extents
  //   can be up to \f$ 2^{32} - 1 \f$. A few wrong bytes would ask for more memory than there is, and the
  //   program would die of that instead of saying that the file is damaged.
  // - **A label is a number. May one compute with it?** It can be compared and counted, as the program does.
  //   But class 7 is not more than class 5, and a mean of labels means nothing: the numbers are names.
  //
  // ## Next
  //
  // The assignment that these tutorials follow has three tasks: prepare the data, draw a map of them, restore
  // damaged images. It wants two of the ten classes, and numbers instead of bytes:
  // @ref tutorial_11_fives_and_sevens.
}

int main(int argc, char** argv) {
  return cli::run_tutorial(argc, argv, "Reading digits: the IDX format, and a look at the data set",
                           reading_digits);
}
