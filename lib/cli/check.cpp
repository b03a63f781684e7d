#include "cli/check.hpp"

#include <algorithm>
#include <cctype>
#include <iomanip>
#include <sstream>

#include "cli/gradient_checks.hpp"
#include "mend/tensor/error.hpp"

namespace mend::cli {
namespace {

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

std::vector<GradientCheck> chosen(const std::vector<std::string>& names) {
  const std::vector<GradientCheck> all = gradient_checks();
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

// The worst of several seeds, tensor by tensor; what failed first stays.
void keep_worst(CheckReport& worst, const CheckReport& next) {
  for (std::size_t i = 0; i < worst.tensors.size(); ++i) {
    TensorCheck& kept = worst.tensors[i];
    const TensorCheck& other = next.tensors.at(i);
    kept.complex_error = std::max(kept.complex_error, other.complex_error);
    kept.central_error = std::max(kept.central_error, other.central_error);
    kept.float_error = std::max(kept.float_error, other.float_error);
    if (kept.passed() && !other.passed()) {
      kept.complaint = other.complaint;
      kept.diagnosis = other.diagnosis;
    }
  }
}

// 80 columns: the longest names of layers, tensors and shapes that there are just fit.
void add_line(std::ostream& out, const std::string& name, const TensorCheck& t) {
  std::ostringstream line;
  line << std::left << std::setw(20) << name << " " << std::setw(15) << t.name << " " << std::setw(10)
       << to_string(t.shape) << std::scientific << std::setprecision(1) << "  " << t.complex_error << "  "
       << t.central_error << "  " << t.float_error << "  " << (t.passed() ? "OK" : "FAIL");
  out << line.str() << "\n";
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
      complex_error = std::max(complex_error, t.complex_error);
      central_error = std::max(central_error, t.central_error);
    }
    if (!c.laws) continue;
    const LawReport laws = c.laws();
    if (!laws.passed()) out << c.name << " breaks what every layer promises\n" << laws;
    failed += !laws.passed();
  }
  out << std::scientific << std::setprecision(1) << tensors << " tensors of " << checks.size()
      << " layers, losses and networks, " << command.seeds << (command.seeds == 1 ? " seed" : " seeds")
      << ": " << (failed ? std::to_string(failed) + " failed" : "all passed")
      << "\nworst error: " << complex_error << " by the complex step, " << central_error
      << " by the central difference\n";
  return failed == 0;
}

}  // namespace mend::cli
