#pragma once

#include <memory>
#include <string>

#include "bound.hpp"
#include "kernels.hpp"

namespace bench {

/// A training of one of the assignment's networks, ready for its next epoch.
class Training {
 public:
  /// \param task  2, the map of digits, or 3, the restorer, with new masks in every batch
  /// \param rows  how many of images() an epoch sees
  Training(int task, std::size_t rows);
  ~Training();
  void epoch();          ///< The next one, by mend::fit.
  double loss() const;   ///< Of the last epoch.
  std::uint64_t hash();  ///< Of the bits of all weights.

  /// Input, hidden layers and output of a task's network.
  static const std::vector<std::size_t>& widths(int task);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

/// Registers epochs of a training beside their products. \param name  of the benchmark, without threads
bool add_epochs(const std::string& name, int task, std::size_t rows, std::size_t threads,
                const std::string& kernels);

}  // namespace bench
