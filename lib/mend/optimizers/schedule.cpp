#include "mend/optimizers/schedule.hpp"

#include <cmath>
#include <limits>
#include <numbers>
#include <string>
#include <utility>

#include "mend/tensor/error.hpp"

namespace mend {

Schedule constant_schedule() {
  return [](std::size_t) { return 1.0; };
}

Schedule step_schedule(std::size_t every, double factor) {
  if (every == 0 || !(factor > 0 && std::isfinite(factor)))
    throw Error("step_schedule: expected every >= 1 and factor > 0, found every=" + std::to_string(every) +
                ", factor=" + std::to_string(factor));
  return [=](std::size_t epoch) {
    const std::size_t steps = epoch / every;
    return std::pow(factor, static_cast<double>(steps));
  };
}

Schedule cosine_schedule(std::size_t epochs, double floor) {
  if (epochs == 0 || !(0 <= floor && floor <= 1))
    throw Error("cosine_schedule: expected epochs >= 1 and 0 <= floor <= 1, found epochs=" +
                std::to_string(epochs) + ", floor=" + std::to_string(floor));
  return [=](std::size_t epoch) {
    if (epoch >= epochs) return floor;
    const double angle = std::numbers::pi * static_cast<double>(epoch) / static_cast<double>(epochs);
    return floor + (1 - floor) * (1 + std::cos(angle)) / 2;
  };
}

Schedule warmup_schedule(std::size_t epochs, Schedule then) {
  if (!then) throw Error("warmup_schedule: expected a schedule to follow, found an empty one");
  return [epochs, then = std::move(then)](std::size_t epoch) {
    if (epoch >= epochs) return then(epoch - epochs);
    return static_cast<double>(epoch + 1) / static_cast<double>(epochs);
  };
}

PlateauSchedule::PlateauSchedule(std::size_t patience, double factor, double min_delta)
    : patience_(patience),
      factor_(factor),
      min_delta_(min_delta),
      best_(std::numeric_limits<double>::infinity()) {
  if (!(0 < factor && factor < 1 && 0 <= min_delta && min_delta < 1))
    throw Error("PlateauSchedule: expected 0 < factor < 1 and 0 <= min_delta < 1, found factor=" +
                std::to_string(factor) + ", min_delta=" + std::to_string(min_delta));
}

double PlateauSchedule::observe(double loss) {
  const double enough =
      std::isinf(best_) ? best_ : best_ - min_delta_ * std::abs(best_);  // a loss may be negative
  if (loss < enough) {
    best_ = loss;
    waited_ = 0;
  } else if (++waited_ > patience_) {
    current_ *= factor_;
    waited_ = 0;
  }
  return current_;
}

}  // namespace mend
