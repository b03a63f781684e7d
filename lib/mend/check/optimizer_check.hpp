#pragma once

#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "mend/check/diagnosis.hpp"
#include "mend/optimizers/optimizer.hpp"

// Does an optimizer do what its paper says?
namespace mend {

/// A rule as it stands in a paper, for a single number: from w, its gradient g, the step t, which begins at 1, and the
/// learning rate of this step, to the next w. It may remember what it needs from step to step.
using UpdateRule = std::function<double(double w, double g, int t, double rate)>;

/// Makes an optimizer over some parameters.
template <class T>
using OptimizerMaker = std::function<std::unique_ptr<Optimizer<T>>(std::vector<Parameter<T>*> parameters)>;

/// The verdict on an optimizer.
struct OptimizerReport {
  double error = 0;            ///< The largest difference of a weight from the rule's, over all steps.
  std::string complaint = {};  ///< What is wrong; empty when nothing is.
  Diagnosis diagnosis = {};    ///< Which mistake explains it.

  bool passed() const { return complaint.empty(); }  ///< Whether nothing is wrong.
};

/// The complaint, the diagnosis and where a tutorial explains it; the error alone when nothing is wrong.
std::ostream& operator<<(std::ostream& out, const OptimizerReport& report);

/// Takes ten steps on four parameters of several shapes, and does the same to each single number by the rule.
///
/// The gradients depend on the weights, so that an error goes on; and on the step, so that none is steady. After five
/// steps the learning rate falls to 0.3 of what it was, as a schedule would have it. Several parameters show whether
/// steps are counted once for all, and whether a loop ends early. A step must leave the gradients alone. When the two
/// differ, shorter runs with other learning rates and with gradients that do not depend on the weights tell which
/// mistake it is.
/// \param make  makes the optimizer  \param make_rule  makes a fresh rule for one number
/// \param tolerance  of the weights, which are near 1
template <class T>
OptimizerReport check_optimizer(const OptimizerMaker<T>& make, const std::function<UpdateRule()>& make_rule,
                                double tolerance);

}  // namespace mend
