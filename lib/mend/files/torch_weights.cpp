#include "mend/files/torch_weights.hpp"

#include "mend/files/safetensors.hpp"
#include "mend/files/safetensors_header.hpp"
#include "mend/tensor/ops.hpp"

namespace mend {
namespace {

// The shape in which PyTorch keeps a parameter.
Shape torch_shape(const Shape& ours) { return ours.rank() == 2 ? Shape{ours[1], ours[0]} : ours; }

// One line of everything that does not fit, or of the first few things.
class Complaints {
 public:
  void add(const std::string& complaint) {
    if (++count_ <= most) text_ += (count_ > 1 ? "; " : "") + complaint;
  }
  void throw_if_any(const std::filesystem::path& path) const {
    if (count_ == 0) return;
    throw Error("weights of PyTorch in " + path.string() + ": " + text_ +
                (count_ > most ? "; and " + std::to_string(count_ - most) + " more" : "") +
                ". Build the network whose state_dict was saved");
  }

 private:
  static constexpr std::size_t most = 5;
  std::size_t count_ = 0;
  std::string text_;
};

}  // namespace

void load_torch_weights(const std::filesystem::path& path, Layer<float>& net) {
  Safetensors file = load_safetensors(path);
  Complaints complaints;
  std::vector<Tensor<float>> values;
  for (const Parameter<float>* p : net.parameters()) {
    const auto found = file.tensors.extract(p->name);
    const Shape expected = torch_shape(p->value.shape());
    if (!found) {
      complaints.add(p->name + " " + to_string(expected) + " is missing");
      continue;
    }
    Tensor<float>* value = std::get_if<Tensor<float>>(&found.mapped());
    if (!value)
      complaints.add(p->name + " is not of float32: save it after .float()");
    else if (value->shape() != expected)
      complaints.add(
          p->name + " is expected as " + to_string(expected) + ", found as " + to_string(value->shape()) +
          (value->shape() == p->value.shape() ? ", which is not transposed as torch.nn.Linear has it" : ""));
    else
      values.push_back(value->rank() == 2 ? transpose(*value) : std::move(*value));
  }
  for (const auto& [name, tensor] : file.tensors)
    complaints.add(shown(name) + " is no parameter of the network");
  complaints.throw_if_any(path);

  const auto parameters = net.parameters();
  for (std::size_t i = 0; i < parameters.size(); ++i) parameters[i]->value = std::move(values[i]);
}

}  // namespace mend
