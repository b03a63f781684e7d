#include "mend/files/onnx.hpp"

#include <typeinfo>
#include <utility>

#include "mend/files/atomic_file.hpp"
#include "mend/files/protobuf.hpp"
#include "mend/files/stored_tensor.hpp"
#include "mend/layers/dense.hpp"
#include "mend/layers/dropout.hpp"
#include "mend/layers/leaky_relu.hpp"
#include "mend/layers/relu.hpp"
#include "mend/layers/residual.hpp"
#include "mend/layers/sequential.hpp"
#include "mend/layers/sigmoid.hpp"
#include "mend/layers/skip_concat.hpp"
#include "mend/layers/softplus.hpp"
#include "mend/layers/tanh.hpp"

namespace mend {
namespace {

// Numbers of fields and of types are those of onnx.proto (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto).
using Message = ProtobufMessage;
constexpr std::uint64_t ir_version = 7, operator_set = 13, type_float = 1, type_int = 2;

Message attribute(const std::string& name, double value) {
  return Message().text(1, name).real(2, static_cast<float>(value)).number(20, type_float);
}
Message attribute(const std::string& name, std::uint64_t value) {
  return Message().text(1, name).number(3, value).number(20, type_int);
}

// Nodes and weights, collected while the layers are visited. A value, that which one node computes and another takes,
// is a name: "x" the network's input, "y" its output, "0" what layer 0 returns, "2.branch" what the branch of layer 2 does.
struct Graph {
  std::vector<Message> nodes, weights;

  void node(const std::string& type, const std::vector<std::string>& inputs, const std::string& output,
            const std::vector<Message>& attributes = {}) {
    Message node;
    for (const std::string& input : inputs) node.text(1, input);
    node.text(2, output).text(3, output).text(4, type);
    for (const Message& a : attributes) node.message(5, a);
    nodes.push_back(std::move(node));
  }

  std::string weight(const std::string& name, const Tensor<float>& value) {
    Message tensor;
    for (const std::size_t extent : value.shape()) tensor.number(1, extent);
    tensor.number(2, type_float).text(8, name);
    tensor.text(9,
                std::string_view(reinterpret_cast<const char*>(value.data()), value.size() * sizeof(float)));
    weights.push_back(std::move(tensor));
    return name;
  }
};

// Where in the graph a layer stands: it computes the value y from the value x, and the path, "2.branch." for what is
// within the branch of layer 2, begins the names of its weights, as in parameters().
struct Place {
  std::string x, y, path;
};

void write(Graph& graph, const Layer<float>& layer, const Place& at);

void write(Graph& graph, const Dense<float>& dense, const Place& at) {
  const std::string weight = graph.weight(at.path + "weight", dense.weight());
  const std::string bias = graph.weight(at.path + "bias", dense.bias());
  graph.node("Gemm", {at.x, weight, bias}, at.y);
}

void write(Graph& graph, const Relu<float>&, const Place& at) { graph.node("Relu", {at.x}, at.y); }
void write(Graph& graph, const Sigmoid<float>&, const Place& at) { graph.node("Sigmoid", {at.x}, at.y); }
void write(Graph& graph, const Tanh<float>&, const Place& at) { graph.node("Tanh", {at.x}, at.y); }
void write(Graph& graph, const Softplus<float>&, const Place& at) { graph.node("Softplus", {at.x}, at.y); }
void write(Graph& graph, const LeakyRelu<float>& leaky, const Place& at) {
  graph.node("LeakyRelu", {at.x}, at.y, {attribute("alpha", leaky.slope())});
}
void write(Graph& graph, const Dropout<float>&, const Place& at) {
  graph.node("Identity", {at.x}, at.y);  // as predict: nothing is dropped once training is over
}

void write(Graph& graph, const Residual<float>& residual, const Place& at) {
  const std::string branch = at.path + "branch";
  write(graph, residual.branch(), {at.x, branch, branch + "."});
  graph.node("Add", {at.x, branch}, at.y);
}

void write(Graph& graph, const SkipConcat<float>& skip, const Place& at) {
  const std::string branch = at.path + "branch";
  write(graph, skip.branch(), {at.x, branch, branch + "."});
  graph.node("Concat", {at.x, branch}, at.y, {attribute("axis", std::uint64_t{1})});
}

void write(Graph& graph, const Sequential<float>& net, const Place& at) {
  if (net.size() == 0) graph.node("Identity", {at.x}, at.y);
  std::string x = at.x;
  for (std::size_t i = 0; i < net.size(); ++i) {
    const std::string number = at.path + std::to_string(i), y = i + 1 < net.size() ? number : at.y;
    write(graph, net[i], {std::exchange(x, y), y, number + "."});
  }
}

// Calls the function above that is for the layer's own type, if that is among the types L. A class derived from one of
// them may compute something else, so it is not taken for it, as a dynamic_cast would.
template <class... L>
bool write_one_of(Graph& graph, const Layer<float>& layer, const Place& at) {
  return ((typeid(layer) == typeid(L) && (write(graph, static_cast<const L&>(layer), at), true)) || ...);
}

// A new layer of the library is added to this list, with a function above.
void write(Graph& graph, const Layer<float>& layer, const Place& at) {
  if (!write_one_of<Dense<float>, Relu<float>, LeakyRelu<float>, Sigmoid<float>, Tanh<float>, Softplus<float>,
                    Dropout<float>, Residual<float>, SkipConcat<float>, Sequential<float>>(graph, layer, at))
    throw Error(
        "save_onnx: layer " + (at.path.empty() ? "" : at.path.substr(0, at.path.size() - 1) + ", ") +
        layer.describe() +
        ", is none of this library's; expected Dense, Relu, LeakyRelu, Sigmoid, Tanh, Softplus, Dropout, "
        "Residual, SkipConcat or Sequential: write a function for it in lib/mend/files/onnx.cpp");
}

// The name, type and shape of the network's input or output; its first extent, the number of rows, is left open.
Message value_info(const std::string& name, const Shape& shape) {
  Message extents;
  for (std::size_t axis = 0; axis < shape.rank(); ++axis)
    extents.message(1, axis == 0 ? Message().text(2, "N") : Message().number(1, shape[axis]));
  const Message tensor = Message().number(1, type_float).message(2, extents);
  return Message().text(1, name).message(2, Message().message(1, tensor));
}

}  // namespace

void save_onnx(const std::filesystem::path& path, const Layer<float>& net, const Shape& input) {
  const Shape output = net.output_shape(input);
  Graph graph;
  write(graph, net, {"x", "y", ""});
  Message content;
  for (const Message& node : graph.nodes) content.message(1, node);
  content.text(2, "mend");
  for (const Message& weight : graph.weights) content.message(5, weight);
  content.message(11, value_info("x", input)).message(12, value_info("y", output));
  const Message model = Message()
                            .number(1, ir_version)
                            .text(2, "mend")
                            .message(7, content)
                            .message(8, Message().text(1, "").number(2, operator_set));
  if (model.bytes().size() >= std::size_t{1} << 31)
    throw Error("save_onnx: the model needs " + std::to_string(model.bytes().size()) +
                " bytes, but a file of this format holds less than 2 GB; take a smaller network");
  write_file(path, model.bytes());
}

}  // namespace mend
