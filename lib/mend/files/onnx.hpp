#pragma once

#include <filesystem>

#include "mend/layers/layer.hpp"

namespace mend {

/// Writes a trained network as an ONNX model (https://onnx.ai), which other programs run without this library.
///
/// The model computes predict: its input "x" and its output "y" have the shapes of net's, but for the rows, of which
/// there may be any number "N". Weights keep their names and shapes, "0.weight" (in, out). What each layer becomes:
/// Dense Gemm, Relu, LeakyRelu, Sigmoid, Tanh and Softplus the operators of that name, Dropout Identity, Residual Add,
/// SkipConcat Concat; Sequential their chain. Operators are of set 13 (2020), so that older programs read the file too.
/// \param path  of the file, written whole or not at all  \param net  the network; the layers above, in any nesting
/// \param input  the shape of an input, (1, D)
/// \throws ShapeError when the input does not fit; Error for a layer that the library does not have, for more than
///   2 GB, and when the file cannot be written
void save_onnx(const std::filesystem::path& path, const Layer<float>& net, const Shape& input);

}  // namespace mend
