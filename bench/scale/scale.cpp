// Measures how time and memory of Task 3's training grow with batch, width, images and threads. Each point is a process
// of its own: this program again, with --point.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <thread>

#include "child.hpp"
#include "cli/output_folder.hpp"
#include "cli/text.hpp"
#include "mend/data/dataset.hpp"
#include "mend/data/stroke_digits.hpp"
#include "mend/figures/chart.hpp"
#include "mend/files/atomic_file.hpp"
#include "mend/masks/families.hpp"
#include "mend/models/assignment.hpp"
#include "mend/optimizers/adam.hpp"
#include "mend/tensor/ops.hpp"
#include "mend/tensor/parallel.hpp"
#include "mend/training/fit.hpp"
#include "scale/growth.hpp"

namespace {

using scale::Axis;
using scale::Point;

struct Options {
  std::string out = "outputs/bench", data, pixels, axis;
  std::size_t value = 0, threads = 1;
  bool quick = false, prepare = false;
};

constexpr std::size_t pixels_per_image = 784, usual_batch = 128;

// The first images of the file as bytes, (count, 784).
mend::Tensor<std::uint8_t> read_pixels(const std::string& path, std::size_t count) {
  mend::Tensor<std::uint8_t> pixels({count, pixels_per_image});
  std::ifstream file(path, std::ios::binary);
  if (!file.read(reinterpret_cast<char*>(pixels.data()), static_cast<std::streamsize>(pixels.size())))
    throw mend::Error("scale: expected " + std::to_string(count) + " images in '" + path +
                      "', found less; run this program without --point");
  return pixels;
}

// All ten digits, as bytes one image after the other, for the processes that measure.
void write_pixels(const Options& options) {
  mend::Dataset dataset = mend::load_dataset(options.data);
  const std::size_t wanted = options.quick ? 7500 : 60000;
  if (dataset.train.labels.size() < wanted) dataset = mend::stroke_digits(wanted, 10, 1);
  const auto* bytes = reinterpret_cast<const char*>(dataset.train.pixels.data());
  mend::write_file(options.pixels, {bytes, wanted * pixels_per_image});
  std::cout << dataset.name;
}

// What one process measures: a training of Task 3 in which one number is not the assignment's.
void measure(const Options& options) {
  const Axis axis = scale::axis_named(options.axis);
  const std::size_t batch = axis == Axis::batch ? options.value : usual_batch;
  const std::size_t images = axis == Axis::images ? options.value : std::max<std::size_t>(4 * batch, 1024);
  const std::size_t steps = (images + batch - 1) / batch;
  mend::set_threads(options.threads);
  mend::Random init(1, "init"), shuffle(1, "shuffle"), masks(1, "masks");
  auto net = axis == Axis::width ? mend::masked_restorer(init, {options.value, options.value, options.value})
                                 : mend::masked_restorer(init);
  mend::Adam<float> adam(net.parameters());
  std::vector<double> epochs;
  mend::cli::Stopwatch watch;
  mend::FitOptions fit_options;
  fit_options.epochs = 4;
  fit_options.batch_size = batch;
  fit_options.quiet = true;
  fit_options.make_batch =
      mend::masked_batches([&](std::size_t images) { return mend::draw_assignment_masks(images, masks); });
  fit_options.after_epoch = [&](const mend::EpochRecord&) {
    epochs.push_back(watch.seconds());
    watch = {};
  };
  mend::fit(net, adam, read_pixels(options.pixels, images), shuffle, fit_options);
  std::sort(epochs.begin() + 1, epochs.end());  // the first met cold memory
  const double epoch = epochs[2];
  std::cout << "seconds_per_step,seconds_per_epoch\n"
            << epoch / static_cast<double>(steps) << ',' << epoch << '\n';
}

// The middle of several processes.
Point point(const Options& options, Axis axis, std::size_t value, std::size_t threads) {
  std::vector<Point> points;
  for (int repeat = 0; repeat < (options.quick ? 1 : 3); ++repeat) {
    const bench::Outcome outcome =
        bench::run({bench::own_program(), "--point", scale::to_string(axis), std::to_string(value),
                    "--threads", std::to_string(threads), "--pixels", options.pixels},
                   bench::without_openblas_settings());
    const mend::CsvTable table(outcome.output, "what a point printed");
    points.push_back({axis, value, threads, table.number(0, "seconds_per_step"),
                      table.number(0, "seconds_per_epoch"), outcome.peak_mib});
  }
  std::sort(points.begin(), points.end(),
            [](const Point& a, const Point& b) { return a.seconds_per_step < b.seconds_per_step; });
  const Point& middle = points[points.size() / 2];
  std::printf("%-7s %6zu  threads %zu  %10.3f ms/step %8.3f s/epoch %8.1f MiB\n",
              scale::to_string(axis).c_str(), value, threads, 1000 * middle.seconds_per_step,
              middle.seconds_per_epoch, middle.peak_mib);
  std::fflush(stdout);
  return middle;
}

void measure_all(Options options) {
  mend::cli::make_output_folder(options.out);
  const std::filesystem::path out = options.out;
  options.pixels = (out / "scale_pixels.bin").string();
  std::vector<std::string> prepare = {bench::own_program(), "--prepare", "--pixels", options.pixels};
  if (!options.data.empty()) prepare.insert(prepare.end(), {"--data", options.data});
  if (options.quick) prepare.push_back("--quick");
  const std::string dataset = bench::run(prepare).output;
  std::vector<std::pair<Axis, std::vector<std::size_t>>> plan = {
      {Axis::batch, {1, 4, 16, 64, 256, 1024, 4096}},
      {Axis::width, {64, 128, 256, 512, 1024, 2048, 4096}},
      {Axis::images, {1875, 3750, 7500, 15000, 30000, 60000}}};
  if (options.quick)
    plan = {{Axis::batch, {1, 16, 256}}, {Axis::width, {64, 256, 512}}, {Axis::images, {1875, 3750, 7500}}};
  std::vector<Point> points;
  for (const auto& [axis, values] : plan)
    for (const std::size_t value : values)
      for (const std::size_t threads : {1u, 2u}) points.push_back(point(options, axis, value, threads));
  for (std::size_t threads = 1; threads <= std::max(2u, std::thread::hardware_concurrency()); threads *= 2)
    points.push_back(point(options, Axis::threads, threads, threads));
  std::filesystem::remove(options.pixels);
  scale::to_csv(points).save(out / "scale.csv");
  const std::string found = scale::finding(points);
  mend::save_chart(out / "speed_scale", scale::charts(points), found,
                   "Task 3's training, all ten classes of " + dataset + "; median of separate processes", 3);
  std::cout << found << "\nwritten: " << (out / "scale.csv").string() << ", "
            << (out / "speed_scale.svg").string() << '\n';
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app(
      "Measures how time and memory of Task 3's training grow with batch, width, images and threads.");
  auto* out =
      app.add_option("--out", options.out, "folder for scale.csv and speed_scale.svg")->capture_default_str();
  app.add_option("--data", options.data, "data set or folder, as for `mend run`");
  app.add_flag("--quick", options.quick, "few small points, once each: to see that it works");
  std::tuple<std::string, std::size_t> which;
  auto* one = app.add_option("--point", which, "one point only: AXIS VALUE")->group("");
  app.add_flag("--prepare", options.prepare, "write the images that the points read")->group("");
  app.add_option("--threads", options.threads, "of that point")->group("");
  app.add_option("--pixels", options.pixels, "the file with the images")->group("");
  CLI11_PARSE(app, argc, argv);
  if (options.quick && !*out)
    options.out = "outputs/bench_quick";  // never in place of what was measured in earnest
  try {
    if (options.prepare) {
      write_pixels(options);
    } else if (*one) {
      std::tie(options.axis, options.value) = which;
      measure(options);
    } else {
      measure_all(options);
    }
  } catch (const std::exception& error) {
    std::cerr << "scale: " << error.what() << '\n';
    return 1;
  }
  return 0;
}
