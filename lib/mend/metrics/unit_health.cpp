#include "mend/metrics/unit_health.hpp"

#include <algorithm>

#include "mend/layers/relu.hpp"
#include "mend/layers/sigmoid.hpp"
#include "mend/layers/tanh.hpp"

namespace mend {
namespace {

// How many columns of y (N, ...) are `lost` in every row.
template <class Lost>
std::size_t count_units(const Tensor<float>& y, Lost lost) {
  const std::size_t units = y.size() / y.dim(0);
  std::vector<char> learns(units, 0);
  for (std::size_t i = 0; i < y.size(); ++i) learns[i % units] |= static_cast<char>(!lost(y[i]));
  return static_cast<std::size_t>(std::count(learns.begin(), learns.end(), 0));
}

}  // namespace

std::vector<UnitHealth> unit_health(const Sequential<float>& net, const Tensor<float>& x, double flat) {
  if (x.rank() == 0 || x.size() == 0)
    throw Error("unit_health: expected rows to look at, found a tensor of shape " + to_string(x.shape()));
  if (!(flat > 0 && flat < 1))
    throw Error("unit_health: expected flat between 0 and 1, found " + std::to_string(flat));
  std::vector<UnitHealth> all;
  Tensor<float> y = x;
  for (std::size_t i = 0; i < net.size(); ++i) {
    y = net[i].predict(y);
    UnitHealth health{i, net[i].describe(), y.size() / y.dim(0)};
    if (dynamic_cast<const Relu<float>*>(&net[i]))
      health.dead = count_units(y, [](float v) { return v == 0; });
    else if (dynamic_cast<const Sigmoid<float>*>(&net[i]))
      health.saturated = count_units(y, [&](double v) { return v * (1 - v) < flat * 0.25; });
    else if (dynamic_cast<const Tanh<float>*>(&net[i]))
      health.saturated = count_units(y, [&](double v) { return 1 - v * v < flat; });
    else
      continue;
    all.push_back(std::move(health));
  }
  return all;
}

std::string describe(const std::vector<UnitHealth>& health) {
  std::string text;
  for (const UnitHealth& h : health) {
    if (h.dead + h.saturated == 0) continue;
    text += (text.empty() ? "" : "; ") + std::to_string(h.dead + h.saturated) + " of " +
            std::to_string(h.units) + " units of layer " + std::to_string(h.layer) + ", " + h.name +
            (h.dead > 0 ? ", are dead" : ", are saturated");
  }
  return text;
}

}  // namespace mend
