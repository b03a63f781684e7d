#pragma once

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "cli/digits.hpp"
#include "cli/run.hpp"
#include "mend/metrics/bootstrap.hpp"

namespace mend::cli {

/// A number with so many digits after the point: fixed(0.04583, 4) is "0.0458".
std::string fixed(double number, int digits);
/// A number with its interval: "0.0186 [0.0181, 0.0191]".
std::string with_interval(const Interval& interval, int digits = 4);
/// What stands below every figure: data set, number of test images, seed.
std::string caption(const Digits& digits, const RunOptions& options);
/// What a checkpoint must know about its input, and a training that goes on must find unchanged.
std::map<std::string, std::string> preprocessing(const Digits& digits);
/// The row numbers of the first `each` images of each class, class after class.
std::vector<std::size_t> first_of_each_class(const Images& images, std::size_t each);

/// Measures time from its making on.
class Stopwatch {
 public:
  /// Since the watch was made.
  double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace mend::cli
