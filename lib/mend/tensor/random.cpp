#include "mend/tensor/random.hpp"

#include <cmath>
#include <limits>
#include <locale>
#include <numbers>
#include <sstream>

#include "mend/tensor/error.hpp"

namespace mend {
namespace {

// SplitMix64 (Steele, Lea, Flood 2014): turns neighbouring seeds into unrelated ones.
std::uint64_t scramble(std::uint64_t z) {
  z += 0x9e3779b97f4a7c15;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

std::uint64_t named_seed(std::uint64_t seed, std::string_view stream) {
  std::uint64_t hash = scramble(seed);
  for (const char c : stream) hash = scramble(hash ^ static_cast<unsigned char>(c));
  return hash;
}

}  // namespace

Random::Random(std::uint64_t seed, std::string_view stream) : engine_(named_seed(seed, stream)) {}

double Random::uniform() { return static_cast<double>(bits() >> 11) * 0x1p-53; }

double Random::uniform(double low, double high) { return low + (high - low) * uniform(); }

double Random::normal() {
  // 1 - uniform() is in (0, 1], so the logarithm is finite. The second of the pair is given up: a stream
  // without a spare has nothing but the engine to save.
  const double radius = std::sqrt(-2 * std::log(1 - uniform()));
  return radius * std::cos(2 * std::numbers::pi * uniform());
}

std::size_t Random::below(std::size_t n) {
  if (n == 0) throw Error("Random::below: expected n >= 1, found 0");
  // Numbers beyond the last multiple of n are drawn again, or the small remainders would come too often.
  const std::uint64_t limit =
      std::numeric_limits<std::uint64_t>::max() - std::numeric_limits<std::uint64_t>::max() % n;
  std::uint64_t drawn = bits();
  while (drawn >= limit) drawn = bits();
  return drawn % n;
}

std::size_t Random::between(std::size_t low, std::size_t high) {
  if (low > high)
    throw Error("Random::between: expected low <= high, found " + std::to_string(low) + " and " +
                std::to_string(high));
  return low + below(high - low + 1);
}

std::string Random::state() const {
  std::ostringstream out;
  out.imbue(std::locale::classic());  // no thousands separators, whatever the program's locale
  out << engine_;
  return out.str();
}

void Random::restore(const std::string& state) {
  std::istringstream in(state);
  in.imbue(std::locale::classic());
  std::mt19937_64 engine;
  if (!(in >> engine) || !(in >> std::ws).eof())
    throw Error("Random::restore: this text is not the state of a random stream");
  engine_ = engine;
}

}  // namespace mend
