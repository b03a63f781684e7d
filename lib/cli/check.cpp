#include "cli/check.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <iomanip>

#include "cli/gradient_checks.hpp"
#include "mend/tensor/error.hpp"

namespace mend::cli {
namespace {

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

std::vector<GradientCheck> chosen(const std::vector<std::string>& names) {
  std::vector<GradientCheck> all = gradient_checks();
  if (names.empty()) return all;
  std::vector<GradientCheck> some;
  for (const std::string& name : names) {
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const GradientCheck& c) { return lower(c.name) == lower(name); });
    if (found == all.end()) {
      std::string known;
      for (const GradientCheck& c : all) known += (known.empty() ? "" : ", ") + c.name;
      throw Error("check: expected the name of a layer or a loss, found '" + name + "'; there are: " + known);
    }
    some.push_back(*found);
  }
  return some;
}

// NaN is worse than any number.
double worse(double a, double b) { return std::isnan(a) || a > b ? a : b; }

// The worst of several seeds, tensor by tensor; the first report with a failure stays as it is.
void keep_worst(CheckReport& worst, const CheckReport& next) {
  if (!worst.passed()) return;
  if (!next.passed()) {
    worst = next;
    return;
  }
  for (std::size_t i = 0; i < worst.tensors.size(); ++i) {
    TensorCheck& kept = worst.tensors[i];
    kept.complex_error = worse(kept.complex_error, next.tensors[i].complex_error);
    kept.central_error = worse(kept.central_error, next.tensors[i].central_error);
    kept.float_error = worse(kept.float_error, next.tensors[i].float_error);
  }
}

// 80 columns: the longest names of layers, tensors and shapes that there are just fit.
void add_line(std::ostream& out, const std::string& name, const TensorCheck& t) {
  out << std::left << std::setw(20) << name << " " << std::setw(15) << t.name << " " << std::setw(10)
      << to_string(t.shape) << "  " << said_error(t.complex_error) << "  " << said_error(t.central_error)
      << "  " << said_error(t.float_error) << "  " << (t.passed() ? "OK" : "FAIL") << "\n";
}

}  // namespace

bool check(const CheckCommand& command, std::ostream& out) {
  std::size_t tensors = 0, failed = 0;
  double complex_error = 0, central_error = 0;
  const std::vector<GradientCheck> checks = chosen(command.names);
  out << "layer or loss        tensor          shape       complex  central  float\n";
  for (const GradientCheck& c : checks) {
    CheckReport report = c.gradients({.seed = command.seed});
    if (!c.large)
      for (std::uint64_t k = 1; k < command.seeds; ++k)
        keep_worst(report, c.gradients({.seed = command.seed + k}));
    for (const TensorCheck& t : report.tensors) {
      add_line(out, c.name, t);
      if (!t.passed()) out << explain(t.complaint, t.diagnosis);
      ++tensors;
      failed += !t.passed();
      complex_error = worse(complex_error, t.complex_error);
      central_error = worse(central_error, t.central_error);
    }
    if (!c.laws) continue;
    const LawReport laws = c.laws();
    if (!laws.passed()) out << c.name << " breaks what every layer promises\n" << laws;
    failed += !laws.passed();
  }
  out << tensors << " tensors of " << checks.size() << " layers, losses and networks, " << command.seeds
      << (command.seeds == 1 ? " seed" : " seeds") << ": "
      << (failed ? std::to_string(failed) + " failed" : "all passed")
      << "\nworst error: " << said_error(complex_error) << " by the complex step, "
      << said_error(central_error) << " by the central difference\n";
  return failed == 0;
}

}  // namespace mend::cli
