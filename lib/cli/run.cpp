#include "cli/run.hpp"

#include <iostream>

#include "cli/digits.hpp"
#include "cli/embedding_task.hpp"
#include "cli/output_folder.hpp"
#include "cli/report.hpp"
#include "cli/restoration_task.hpp"
#include "cli/text.hpp"

namespace mend::cli {

void run(const RunOptions& options) {
  const Stopwatch watch;
  make_output_folder(options.out);
  const Digits digits = load_digits(options);
  std::cout << "Task 1: " << caption(digits, options) << "\n";
  const EmbeddingResult embedding = embedding_task(digits, options);
  const RestorationResult restoration = restoration_task(digits, options);
  write_report(digits, embedding, restoration, options);
  std::cout << "\nall in " << fixed(watch.seconds(), 1) << " s; now look at "
            << (options.out / "report.html").string() << "\n";
}

}  // namespace mend::cli
