#pragma once

#include <filesystem>

#include "mend/layers/layer.hpp"

namespace mend {

/// Reads weights that PyTorch trained: a .safetensors file of the state_dict of a torch.nn.Sequential with layers in
/// the same places, float32, by name: "0.weight", "0.bias", "2.weight", ...
///
/// torch.nn.Linear keeps its weight as (out, in), Dense as (in, out): matrices are transposed, all else is taken as it
/// is. The file must hold just the parameters of the network.
/// \param path  of the file  \param net  the network; it changes as a whole or not at all
/// \throws Error that names each parameter that is missing, too many, or of another shape or type, and what was expected
void load_torch_weights(const std::filesystem::path& path, Layer<float>& net);

}  // namespace mend
