#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include "mend/files/safetensors.hpp"
#include "mend/layers/layer.hpp"
#include "mend/losses/loss.hpp"

// A second opinion: what PyTorch computes from the same numbers, forward and backward, in double.
//
// The oracles of mend/check differentiate our own forward pass, so they cannot see a forward pass that is consistently
// another function; PyTorch can. make_golden.py wrote the files that are read here, and says how to write them again.
namespace mend {

// What two ways to the same number may differ by in double, relative to the number. Sums in another order, fused
// products and an exponential that is off by one in the last place cost 1e-15, and ten times that where terms cancel.
constexpr double golden_tolerance = 1e-13;

/// Expects `found` to be `golden` in shape and in every element; and `golden` to say anything at all.
inline void expect_golden(const std::string& name, const Tensor<double>& found,
                          const Tensor<double>& golden) {
  if (found.shape() != golden.shape()) {
    ADD_FAILURE() << name << " is " << found.shape() << " but " << golden.shape() << " in PyTorch";
    return;
  }
  EXPECT_TRUE(std::any_of(golden.begin(), golden.end(), [](double v) { return v != 0; }))
      << name << ": the golden values are all zero, so that agreeing with them proves nothing";
  for (std::size_t i = 0; i < golden.size(); ++i)
    EXPECT_NEAR(found[i], golden[i], golden_tolerance * std::abs(golden[i])) << name << "[" << i << "]";
}

/// PyTorch's numbers on one subject: a layer, a loss or an optimizer. Fails the test when any was not used, for what
/// nobody compared proves nothing.
class Golden {
 public:
  /// \param module  the file: "layers", "losses" or "optimizers"  \param subject  "dense" for "dense.x" and so on
  /// \throws Error when the file cannot be read, or does not mention the subject
  Golden(const std::string& module, const std::string& subject) : subject_(subject) {
    const std::string path = "tests/golden/" + module + ".safetensors";
    try {
      content_ = load_safetensors(path);
    } catch (const Error& error) {
      throw Error(std::string(error.what()) +
                  "; tests run in the project's root, and tests/golden/make_golden.py writes the file");
    }
    for (const auto& [name, tensor] : content_.tensors)
      if (name.starts_with(subject + ".")) unused_.insert(name);
    if (unused_.empty()) throw Error(path + " has nothing on " + subject);
  }
  ~Golden() {
    for (const std::string& name : unused_) ADD_FAILURE() << name << " was compared with nothing";
  }
  Golden(const Golden&) = delete;
  Golden& operator=(const Golden&) = delete;

  /// The tensor of this name, "x" for "dense.x". \throws Error when there is none
  const Tensor<double>& operator[](const std::string& name) {
    const auto found = content_.tensors.find(subject_ + "." + name);
    if (found == content_.tensors.end()) throw Error("there is no golden " + subject_ + "." + name);
    unused_.erase(found->first);
    return std::get<Tensor<double>>(found->second);
  }
  /// Expects `found` to be the tensor of this name.
  void expect(const std::string& name, const Tensor<double>& found) {
    expect_golden(subject_ + "." + name, found, (*this)[name]);
  }
  /// Expects PyTorch's value and gradient.
  void expect(const Loss<double>& loss) {
    expect("value", Tensor<double>({1}, loss.value));
    expect("gradient", loss.gradient);
  }

 private:
  std::string subject_;
  Safetensors content_;
  std::set<std::string> unused_;
};

/// The layer that `make.template operator()<double>(random)` makes, with PyTorch's parameters and at PyTorch's input:
/// its output, and for PyTorch's upstream gradient those of the input and of every parameter.
template <class Make>
void expect_layer_of_pytorch(const std::string& subject, Make make) {
  Golden golden("layers", subject);
  Random random(1, "layer");
  auto layer = make.template operator()<double>(random);
  for (Parameter<double>* p : layer.parameters()) p->value = golden[p->name];
  golden.expect("y", layer.forward(golden["x"]));
  golden.expect("dx", layer.backward(golden["upstream"]));
  for (const Parameter<double>* p : layer.parameters()) {
    const std::size_t last = p->name.rfind('.') + 1;  // "2.weight" has the gradient "2.dweight"
    golden.expect(p->name.substr(0, last) + "d" + p->name.substr(last), p->grad);
  }
}

}  // namespace mend
