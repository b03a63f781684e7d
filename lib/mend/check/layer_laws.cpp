#include "mend/check/layer_laws.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "mend/check/doctor.hpp"
#include "mend/check/gradient_check.hpp"
#include "mend/check/oracles.hpp"
#include "mend/check/specimen.hpp"
#include "mend/check/suspects.hpp"
#include "mend/tensor/ops.hpp"

namespace mend {
namespace {

class Court {
 public:
  Court(const LayerMaker& make, const Shape& x, const LayerTraits& traits) : make_(make), traits_(traits) {
    Random random(2, "laws");
    const Shape y = Specimen(make)->output_shape(x);
    x_ = random_normal(x, random);
    dy_ = random_normal(y, random);
    other_dy_ = random_normal(y, random);
  }

  LawReport hear() {
    hold("a layer is the same for all scalars", Cause::scalars_disagree, &Court::same_for_all_scalars);
    hold("arguments and parameters are left alone", Cause::argument_changed, &Court::leaves_all_alone);
    hold("predict is forward without memory", Cause::predict_is_not_forward, &Court::predict_is_forward);
    hold("backward adds to the gradients of parameters", Cause::overwrites, &Court::backward_adds);
    hold("backward is linear in the upstream gradient", Cause::not_linear, &Court::backward_is_linear);
    hold("backward_to_parameters is backward without dx", Cause::parameters_alone, &Court::parameters_alone);
    hold("backward belongs to the last forward", Cause::stale, &Court::belongs_to_last_forward);
    if (traits_.rows_independent)
      hold("a row of y and dx depends on the same row of x and dy alone", Cause::rows_mixed,
           &Court::rows_apart);
    hold("float computes what double computes", Cause::float_differs, &Court::float_is_close);
    hold("a checkpoint is enough to go on", Cause::not_restored, &Court::checkpoint_is_enough);
    hold("what does not fit is refused", Cause::shape_unchecked, &Court::refuses_misfits);
    return report_;
  }

 private:
  // Hears one law; what it throws is a breach, too: the layer refused what it should have taken.
  void hold(const std::string& law, Cause cause, void (Court::*hearing)()) {
    law_ = law;
    cause_ = cause;
    ++report_.heard;
    const std::size_t before = report_.breaches.size();
    try {
      (this->*hearing)();
    } catch (const Error& error) {
      if (report_.breaches.size() == before) expect(false, std::string("it throws: ") + error.what());
    }
  }

  void expect(bool kept, const std::string& found) { expect(kept, found, cause_); }
  void expect(bool kept, const std::string& found, Cause cause) {
    if (!kept) report_.breaches.push_back({law_, {cause, found}});
  }

  template <class T>
  void same_as(Layer<T>& layer, Layer<double>& in_double, const std::string& scalar) {
    expect(layer.describe() == in_double.describe(),
           "it is " + layer.describe() + " in " + scalar + " and " + in_double.describe() + " in double");
    expect(layer.output_shape(x_.shape()) == in_double.output_shape(x_.shape()),
           "output_shape differs in " + scalar + " from that in double");
    const auto parameters = layer.parameters();
    const auto wanted = in_double.parameters();
    bool same = parameters.size() == wanted.size();
    for (std::size_t i = 0; same && i < wanted.size(); ++i)
      same =
          parameters[i]->name == wanted[i]->name && parameters[i]->value.shape() == wanted[i]->value.shape();
    expect(same, "the parameters differ in " + scalar + " from those in double");
  }

  void same_for_all_scalars() {
    Random a(1, "layer"), b = a, c = a;
    const auto in_float = make_.make<float>(a);
    const auto in_double = make_.make<double>(b);
    const auto in_complex = make_.make<std::complex<double>>(c);
    expect(!in_double->describe().empty(), "it does not describe itself");
    same_as(*in_float, *in_double, "float");
    same_as(*in_complex, *in_double, "complex numbers");
    expect(in_double->parameters() == in_double->parameters(), "parameters() differs from call to call");
    std::set<std::string> names;
    for (const Parameter<double>* p : in_double->parameters()) {
      expect(names.insert(p->name).second, "two parameters are named " + p->name);
      expect(p->grad == Tensor<double>(p->value.shape()),
             "the gradient of " + p->name + " does not begin at zero");
    }
  }

  void predict_is_forward() {
    Specimen layer(make_);
    const Tensor<double> y = layer.frozen.forward(x_), predicted = layer->predict(x_);
    expect(y.shape() == layer->output_shape(x_.shape()), "forward returns " + to_string(y.shape()) +
                                                             " but output_shape says " +
                                                             to_string(layer->output_shape(x_.shape())));
    expect(predicted.shape() == y.shape(), "predict returns " + to_string(predicted.shape()) +
                                               " but forward returns " + to_string(y.shape()));
    expect(layer.frozen.forward(x_) == y,
           "a second forward returns another y: is a stream missing from random_streams()?",
           Cause::not_repeatable);
    expect(layer->predict(x_) == predicted, "a second predict returns another y");
    if (!layer.frozen.is_random())  // a random layer predicts its mean
      expect(predicted == y, "predict and forward return different y");
  }

  void leaves_all_alone() {
    Specimen layer(make_);
    const Tensor<double> x = x_;
    const auto unchanged = [&, before = values(*layer.layer)](const std::string& call) {
      expect(values(*layer.layer) == before, call + " changed a parameter; that is for the optimizer to do");
    };
    layer->predict(x_);
    expect(x_ == x, "predict changed x");
    unchanged("predict");
    layer.frozen.forward(x_);
    unchanged("forward");
    layer->backward(dy_);
    unchanged("backward");
  }

  void backward_adds() {
    Specimen layer(make_);
    layer.frozen.forward(x_);
    const Tensor<double> dx = layer->backward(dy_);
    expect(dx.shape() == x_.shape(), "dx is " + to_string(dx.shape()) + " but x is " + to_string(x_.shape()),
           Cause::wrong_shape);
    const auto once = gradients(*layer.layer);
    expect(layer->backward(dy_) == dx, "a second backward returns another dx");
    const auto twice = gradients(*layer.layer);
    for (std::size_t i = 0; i < once.size(); ++i) {
      const std::string of = "the gradient of " + layer->parameters()[i]->name;
      expect(norm(once[i]) > 0, of + " stays zero", Cause::zero);
      expect(close(twice[i], once[i] * 2), of + " does not double when backward is called twice");
    }
  }

  // dx and the gradients of the parameters for one upstream gradient.
  static std::vector<Tensor<double>> backward(Specimen& layer, const Tensor<double>& dy) {
    zero_grad(layer->parameters());
    std::vector<Tensor<double>> all{layer->backward(dy)};
    for (Tensor<double>& gradient : gradients(*layer.layer)) all.push_back(std::move(gradient));
    return all;
  }

  void backward_is_linear() {
    Specimen layer(make_);
    layer.frozen.forward(x_);
    const auto u = backward(layer, dy_), v = backward(layer, other_dy_),
               both = backward(layer, dy_ * 2 - other_dy_ * 3);
    for (std::size_t i = 0; i < both.size(); ++i)
      expect(close(both[i], u[i] * 2 - v[i] * 3),
             "for dy = 2u - 3v " + (i == 0 ? "dx" : "the gradient of " + layer->parameters()[i - 1]->name) +
                 " is not 2 times that for u less 3 times that for v");
  }

  void parameters_alone() {
    Specimen layer(make_);
    layer.frozen.forward(x_);
    layer->backward(dy_);
    const auto expected = gradients(*layer.layer);
    zero_grad(layer->parameters());
    layer->backward_to_parameters(dy_);
    expect(gradients(*layer.layer) == expected, "it leaves other gradients than backward");
  }

  void belongs_to_last_forward() {
    Specimen fresh(make_), used(make_);
    fresh.frozen.forward(x_);
    const Tensor<double> dx = fresh->backward(dy_);

    const Tensor<double> one = slice_rows(x_, 0, 1), none = slice_rows(x_, 0, 0);
    used->backward(used.frozen.forward(one));
    zero_grad(used->parameters());
    used.frozen.forward(none);  // a batch of no rows is a batch
    const Tensor<double> of_none = used->backward(Tensor<double>(used->output_shape(none.shape())));
    expect(of_none.shape() == none.shape(), "for a batch without rows dx is " + to_string(of_none.shape()),
           Cause::wrong_shape);
    for (const Tensor<double>& gradient : gradients(*used.layer)) {
      const double left = norm(gradient);
      expect(left == 0, "a batch without rows leaves a gradient of norm " + say(left),
             std::isnan(left) ? Cause::not_finite : cause_);
    }

    used.frozen.forward(other_batch(x_));  // of the same shape: what is kept of it would fit
    used->backward(dy_);
    zero_grad(used->parameters());
    used.frozen.forward(x_);
    used->predict(one);
    expect(used->backward(dy_) == dx, "dx depends on the batches seen before, or predicted since");
    expect(gradients(*used.layer) == gradients(*fresh.layer),
           "gradients of parameters depend on the batches seen before, or predicted since");
  }

  void rows_apart() {
    Specimen layer(make_);
    const Tensor<double> whole = layer->predict(x_);
    layer.frozen.forward(x_);
    const Tensor<double> dx = layer->backward(dy_);
    std::string other_y, other_dx;  // the rows that give another one when they are alone
    for (std::size_t n = 0; n < x_.dim(0); ++n) {
      const Tensor<double> row = slice_rows(x_, n, 1);
      if (!close(layer->predict(row), slice_rows(whole, n, 1))) other_y += " " + std::to_string(n);
      if (layer.frozen.is_random()) continue;  // another batch draws other numbers
      layer.frozen.forward(row);
      if (!close(layer->backward(slice_rows(dy_, n, 1)), slice_rows(dx, n, 1)))
        other_dx += " " + std::to_string(n);
    }
    expect(other_y.empty(), "alone, these rows give another y than in their batch:" + other_y);
    expect(other_dx.empty(), "alone, these rows give another dx than in their batch:" + other_dx);
  }

  void float_is_close() {
    Specimen exact(make_);
    Random random(1, "layer");
    const auto narrow = make_.make<float>(random);
    const auto parameters = narrow->parameters();
    for (std::size_t i = 0; i < parameters.size(); ++i)
      parameters[i]->value = cast<float>(exact->parameters()[i]->value);
    Frozen<float> frozen(*narrow);
    const auto agree = [&](const Tensor<float>& found, const Tensor<double>& wanted,
                           const std::string& what) {
      expect(close(cast<double>(found), wanted, 1e-4), what + " differs by more than 1e-4");
    };
    agree(frozen.forward(cast<float>(x_)), exact.frozen.forward(x_), "y");
    agree(narrow->backward(cast<float>(dy_)), exact->backward(dy_), "dx");
    for (std::size_t i = 0; i < parameters.size(); ++i)
      agree(parameters[i]->grad, exact->parameters()[i]->grad, "the gradient of " + parameters[i]->name);
  }

  // A checkpoint keeps the parameters and the random streams. Whatever else decides y would be lost.
  void checkpoint_is_enough() {
    Specimen trained(make_);
    trained->forward(x_);  // streams run on, and statistics move if there are any
    Random other(77, "another layer");
    const auto restored = make_.make<double>(other);
    const auto parameters = trained->parameters();
    for (std::size_t i = 0; i < parameters.size(); ++i)
      restored->parameters()[i]->value = parameters[i]->value;
    const auto streams = trained->random_streams();
    for (std::size_t i = 0; i < streams.size(); ++i)
      restored->random_streams()[i]->restore(streams[i]->state());
    expect(restored->predict(x_) == trained->predict(x_),
           "a new layer with the same parameters and random streams predicts another y");
    expect(restored->forward(x_) == trained->forward(x_),
           "a new layer with the same parameters and random streams returns another y from forward");
    expect(restored->backward(dy_) == trained->backward(dy_),
           "a new layer with the same parameters and random streams returns another dx");
  }

  // Expects that f refuses a shape in one line that names the layer, the shape and what was expected.
  template <class F>
  void refused(F f, const std::string& call, const Shape& found, const std::string& expected) {
    std::string text;
    try {
      f();
    } catch (const ShapeError& error) {
      text = error.what();
    }
    const std::string what = call + " of a tensor of shape " + to_string(found);
    if (text.empty()) return expect(false, what + " throws no ShapeError");
    const std::string description = Specimen(make_)->describe();
    const std::string name =
        traits_.complains_as.empty() ? description.substr(0, description.find('(')) : traits_.complains_as;
    for (const std::string& part : {name, to_string(found), expected})
      expect(text.find(part) != std::string::npos, what + " should say \"" + part + "\": " + text);
    expect(text.find('\n') == std::string::npos, what + " complains in more than one line: " + text);
  }

  void refuses_misfits() {
    Specimen layer(make_);
    for (const auto& [shape, expected] : traits_.misfits) {
      const Tensor<double> misfit(shape);
      refused([&] { layer->output_shape(misfit.shape()); }, "output_shape", shape, expected);
      refused([&] { layer->predict(misfit); }, "predict", shape, expected);
      refused([&] { layer->forward(misfit); }, "forward", shape, expected);
    }
    const Shape y = layer.frozen.forward(x_).shape();
    std::vector<Shape> wrong{Shape{y.size()}, with_rows(y, y[0] - 1)};
    if (y.rank() == 2) wrong.push_back({y[1], y[0]});
    std::erase(wrong, y);
    const auto refuses = [&](const Shape& shape) {
      refused([&] { layer->backward(Tensor<double>(shape)); }, "backward", shape, to_string(y));
      refused([&] { layer->backward_to_parameters(Tensor<double>(shape, 1.0)); }, "backward_to_parameters",
              shape, to_string(y));
    };
    const std::size_t before = report_.breaches.size();
    for (const Shape& shape : wrong) refuses(shape);
    // Without such a check a longer dy, or one before any forward, would be read where there is no memory.
    if (report_.breaches.size() == before) {
      refuses(with_rows(y, y[0] + 1));
      Specimen untouched(make_);
      refused([&] { untouched->backward(Tensor<double>(y)); }, "backward before any forward", y, "");
    }
    for (const Tensor<double>& gradient : gradients(*layer.layer))
      expect(norm(gradient) == 0, "a dy that was refused left its mark on a gradient");
  }

  const LayerMaker& make_;
  const LayerTraits& traits_;
  Tensor<double> x_, dy_, other_dy_;
  std::string law_;
  Cause cause_ = Cause::none;
  LawReport report_;
};

}  // namespace

LawReport check_laws(const LayerMaker& make, const Shape& x, const LayerTraits& traits) {
  if (x.rank() == 0 || x[0] < 3)
    throw Error("check_laws: x is " + to_string(x) + " but at least 3 rows were expected");
  return Court(make, x, traits).hear();
}

}  // namespace mend
