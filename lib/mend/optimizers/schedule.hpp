#pragma once

#include <cstddef>
#include <functional>

namespace mend {

/// The factor of the learning rate in an epoch, counted from 0: 1 leaves it as it is.
using Schedule = std::function<double(std::size_t epoch)>;

/// Always 1.
Schedule constant_schedule();
/// factor^(epoch / every), in whole steps. \throws Error unless every >= 1 and factor > 0
Schedule step_schedule(std::size_t every, double factor);
/// Half a cosine from 1 down to `floor` over `epochs` epochs, then `floor` (Loshchilov and Hutter 2017).
/// \throws Error unless epochs >= 1 and 0 <= floor <= 1
Schedule cosine_schedule(std::size_t epochs, double floor = 0);
/// Rises evenly to 1 over the first `epochs` epochs (1/epochs, 2/epochs, ...), then follows `then`, counted
/// from there (Goyal et al. 2017). \throws Error when `then` is empty
Schedule warmup_schedule(std::size_t epochs, Schedule then = constant_schedule());

/// Lowers the rate when the watched loss stops falling; unlike the others it must be told each loss.
class PlateauSchedule {
 public:
  /// \param patience  how many epochs without progress are borne in a row; the next one lowers the rate
  /// \param factor  what the rate is multiplied by, in (0, 1)
  /// \param min_delta  by how much the loss must fall to count as progress, as a share of the best, in [0, 1)
  /// \throws Error when one is out of its range
  explicit PlateauSchedule(std::size_t patience = 5, double factor = 0.5, double min_delta = 1e-4);
  /// Takes an epoch's loss in, NaN being no progress, and returns the factor for the next epoch.
  double observe(double loss);

 private:
  std::size_t patience_, waited_ = 0;
  double factor_, min_delta_, current_ = 1, best_;
};

}  // namespace mend
