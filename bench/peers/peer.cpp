#include "peers/peer.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <limits>
#include <sstream>

#include "cli/text.hpp"
#include "mend/data/batches.hpp"
#include "mend/data/dataset.hpp"
#include "mend/files/csv.hpp"
#include "mend/losses/mse.hpp"
#include "mend/masks/families.hpp"
#include "mend/models/assignment.hpp"
#include "mend/tensor/blas.hpp"
#include "mend/tensor/floating_point.hpp"
#include "mend/tensor/ops.hpp"

extern "C" {
char* openblas_get_config();
char* openblas_get_corename();
int openblas_get_parallel();
void openblas_set_num_threads(int);
}

namespace peers {
namespace {

struct Options {
  std::string data;
  std::size_t threads = 1, blas_threads = 0, images = 0, epochs3 = 4, epochs2 = 6, repeats = 20;
  bool train_only = false;
};

// Two digits' images as rows, the same for every program.
struct Data {
  Tensor<std::uint8_t> pixels;
  Tensor<float> train, test, damaged_test;
};

Data load(const Options& options) {
  const mend::Dataset dataset = mend::load_dataset(options.data);
  Data data;
  mend::Images images = mend::keep_classes(dataset.train, mend::cli::assignment_classes);
  data.test = mend::to_rows(mend::keep_classes(dataset.test, mend::cli::assignment_classes));
  if (options.images > 0)
    images.pixels = mend::slice_rows(images.pixels, 0, std::min(options.images, images.pixels.dim(0)));
  data.train = mend::to_rows(images);
  data.pixels = std::move(images.pixels);
  mend::Random masks(1, "test masks");
  data.damaged_test = mend::damage(data.test, mend::draw_assignment_masks(data.test.dim(0), masks));
  return data;
}

class Jobs {
 public:
  Jobs(const Library& library, const Data& data, const Options& options)
      : library_(library), data_(data), options_(options) {}

  void train(Task task, std::size_t epochs) {
    const bool restores = task == Task::restorer;
    mend::Random init(1, restores ? "task3 init" : "task2 init");
    mend::Sequential<float> initial =
        restores ? mend::masked_restorer(init) : mend::embedding_autoencoder(init);
    network_ = library_.make(task, initial.parameters());
    network_->hold(restores ? data_.damaged_test : data_.test);
    Lessons lessons{data_.train, data_.pixels, task, mend::Random(1, "shuffle"), mend::Random(1, "masks")};
    std::size_t epoch = 0;
    mend::cli::Stopwatch watch;
    network_->train(lessons, epochs, [&] {
      const double seconds = watch.seconds();
      ++epoch;
      if (!options_.train_only || epoch == epochs)
        add(restores ? "task3_epoch" : "task2_epoch", epoch, seconds, loss());
      watch = {};
    });
  }

  // With the network that was trained last. \param calls  so many take long enough to be timed
  void restore(const std::string& job, const Tensor<float>& images, std::size_t calls) {
    network_->hold(images);
    for (std::size_t i = 1; i <= options_.repeats + 1; ++i) {
      const mend::cli::Stopwatch watch;
      for (std::size_t call = 0; call < calls; ++call) network_->restore();
      add(job, i, watch.seconds() / static_cast<double>(calls), std::numeric_limits<double>::quiet_NaN());
    }
  }

  const std::string& printed() const { return csv_.text(); }

 private:
  // The mean squared error over the test images: computed alike for all.
  double loss() {
    network_->restore();
    const Tensor<float> y = network_->restored();
    return y.size() == 0 ? std::numeric_limits<double>::quiet_NaN() : mend::mse(y, data_.test).value;
  }

  void add(const std::string& job, std::size_t step, double seconds, double loss) {
    csv_.add({job, step, seconds, loss, library_.blas()});
  }

  const Library& library_;
  const Data& data_;
  const Options& options_;
  std::unique_ptr<Network> network_;
  mend::Csv csv_{{"job", "step", "seconds", "loss", "blas"}};
};

void do_jobs(const Library& library, const Options& options) {
  const mend::FlushDenormals flush;  // for everybody: before their threads start, which inherit it
  mend::prepare_blas();              // the processor's kernels, for everybody who has this OpenBLAS
  library.set_threads(options.threads);
  if (options.blas_threads > 0) set_blas_threads(options.blas_threads);
  const Data data = load(options);
  Jobs jobs(library, data, options);
  if (options.epochs3 > 0) {
    jobs.train(Task::restorer, options.epochs3);
    if (!options.train_only) {
      jobs.restore("restore_1920", data.damaged_test, 1);
      jobs.restore("restore_1", mend::slice_rows(data.damaged_test, 0, 1), 200);
    }
  }
  if (options.epochs2 > 0 && !options.train_only) jobs.train(Task::embedding, options.epochs2);
  std::cout << jobs.printed();
}

}  // namespace

void SteppedNetwork::train(Lessons& lessons, std::size_t epochs, const std::function<void()>& after_epoch) {
  for (std::size_t epoch = 0; epoch < epochs; ++epoch) {
    for (const auto& batch : mend::shuffled_batches(lessons.rows.dim(0), batch_size, lessons.shuffle)) {
      Tensor<float> target = mend::gather_rows(lessons.rows, batch), input = target;
      if (lessons.task == Task::restorer)
        input = mend::damage(std::move(input), mend::draw_assignment_masks(batch.size(), lessons.masks));
      step(input, target);
    }
    after_epoch();
  }
}

void set_blas_threads(std::size_t threads) { openblas_set_num_threads(static_cast<int>(threads)); }

std::string loaded_blas() {
  std::istringstream config(openblas_get_config());
  std::string name, version;
  config >> name >> version;
  const char* kinds[] = {" serial", " pthread", " openmp"};
  return name + " " + version + kinds[openblas_get_parallel()] + ", " + openblas_get_corename() + " kernels";
}

int run_jobs(int argc, char** argv, const Library& library) {
  Options options;
  CLI::App app("Trains the assignment's networks, restores images, and prints how long that takes as CSV.");
  app.add_option("--data", options.data, "data set or folder, as for `mend run`");
  app.add_option("--threads", options.threads, "threads of the library")->check(CLI::PositiveNumber);
  app.add_option("--blas-threads", options.blas_threads, "threads of OpenBLAS where they are to be others");
  app.add_option("--images", options.images, "train with the first N images only; 0 for all");
  app.add_option("--task3-epochs", options.epochs3, "epochs of Task 3; 0 to leave it and the restoring out");
  app.add_option("--task2-epochs", options.epochs2, "epochs of Task 2; 0 to leave it out");
  app.add_option("--repeats", options.repeats, "how often to restore")->check(CLI::PositiveNumber);
  app.add_flag("--train-only", options.train_only, "Task 3 alone, and its loss only at the end");
  CLI11_PARSE(app, argc, argv);
  try {
    do_jobs(library, options);
  } catch (const std::exception& error) {
    std::cerr << argv[0] << ": " << error.what() << '\n';
    return 1;
  }
  return 0;
}

}  // namespace peers
