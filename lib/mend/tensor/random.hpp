#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mend {

/// A stream of random numbers that is the same on every platform.
///
/// std::mt19937_64 is specified bit by bit, the distributions of the standard library are not: uniform,
/// normal, below and shuffle are written out here. Give each purpose its own named stream, so that
/// drawing one number more for the masks does not change the order of the batches.
class Random {
 public:
  /// Streams of the same seed and different names are independent; the name is part of the seed.
  explicit Random(std::uint64_t seed, std::string_view stream = "");

  std::uint64_t bits() { return engine_(); }  ///< 64 random bits.
  double uniform();                           ///< Uniform in [0, 1), 53 bits.
  double uniform(double low, double high);    ///< Uniform in [low, high); high itself only by rounding.
  double normal();                            ///< Normal with mean 0 and variance 1 (Box and Muller 1958).
  /// Uniform in {0, ..., n - 1}, without bias. \throws Error for n = 0.
  std::size_t below(std::size_t n);
  /// Uniform in {low, ..., high}, both included. \throws Error unless low <= high.
  std::size_t between(std::size_t low, std::size_t high);

  /// Puts the items in random order, each of the n! orders being equally likely (Fisher and Yates).
  template <class Item>
  void shuffle(std::vector<Item>& items) {
    for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[below(i)]);
  }

  /// All that decides the numbers to come, as text for a checkpoint (of the same standard library).
  std::string state() const;
  /// Continues where state() was taken. \throws Error when the text is no such state.
  void restore(const std::string& state);

 private:
  std::mt19937_64 engine_;
};

}  // namespace mend
