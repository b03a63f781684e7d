"""check_torch.py torch|numpy FOLDER: the weights of mend's checkpoints in torch.nn, and weights of torch.nn for mend.

Builds the assignment's two networks with the weights of the checkpoints that exchange wrote, and compares what they
answer with what mend answered. Then writes other weights and answers for `exchange read`. With "numpy", for where
PyTorch is not installed, the networks are written out in NumPy, with weights in the shapes of torch.nn.Linear.
"""

import pathlib
import sys

import numpy

sys.dont_write_bytecode = True
import mend_weights  # noqa: E402

REFERENCE, FOLDER = sys.argv[1], pathlib.Path(sys.argv[2])
if REFERENCE == "torch":
    import torch
    from torch import nn
else:
    torch = None

TOLERANCE = 1e-6


class NumpySequential:
    """As much of torch.nn.Sequential as the two networks need, in float64."""

    def __init__(self, *layers):
        self.layers, random = layers, numpy.random.default_rng(3)
        self.state = {}
        for i, layer in enumerate(layers):
            if isinstance(layer, tuple):
                bound = layer[0] ** -0.5
                self.state[f"{i}.weight"] = random.uniform(-bound, bound, layer[::-1]).astype("<f4")
                self.state[f"{i}.bias"] = random.uniform(-bound, bound, layer[1]).astype("<f4")

    def __call__(self, x):
        x = x.astype("<f8")
        for i, layer in enumerate(self.layers):
            if layer == "relu":
                x = numpy.maximum(x, 0)
            elif layer == "sigmoid":
                x = 1 / (1 + numpy.exp(-x))
            else:
                x = x @ self.state[f"{i}.weight"].T + self.state[f"{i}.bias"]
        return x


def make(*layers):
    if torch is None:
        return NumpySequential(*layers)
    built = {"relu": nn.ReLU, "sigmoid": nn.Sigmoid}
    return nn.Sequential(*[nn.Linear(*layer) if isinstance(layer, tuple) else built[layer]() for layer in layers])


def networks():
    """The assignment's: lib/mend/models/assignment.hpp."""
    return {"embedding": make((784, 2), "sigmoid", (2, 784)),
            "restorer": make((784, 256), "relu", (256, 256), "relu", (256, 128), "relu", (128, 784), "sigmoid")}


def load(net, weights):
    if torch is None:
        assert {name: array.shape for name, array in net.state.items()} == \
            {name: array.shape for name, array in weights.items()}
        net.state = weights
    else:  # checks names and shapes
        net.load_state_dict({name: torch.from_numpy(array.copy()) for name, array in weights.items()})


def state(net):
    return net.state if torch is None else {name: value.numpy() for name, value in net.state_dict().items()}


def predict(net, x):
    if torch is None:
        return net(x).astype("<f4")
    with torch.no_grad():
        return net(torch.from_numpy(x)).numpy()


if torch is not None:
    torch.manual_seed(3)
print("reference:", f"NumPy {numpy.__version__}" if torch is None else f"PyTorch {torch.__version__}")

runs = numpy.load(FOLDER / "runs.npz")
for name, net in networks().items():
    checkpoint = FOLDER / f"{name}.safetensors"
    arrays, metadata = mend_weights.read_safetensors(checkpoint)
    assert metadata["format"] == "mend checkpoint" and metadata["architecture"].startswith("Sequential(Dense(784, ")
    assert arrays["model.0.weight"].shape[0] == 784, "mend keeps a weight as (in, out)"
    load(net, mend_weights.torch_weights(checkpoint))
    difference = abs(predict(net, runs[f"{name}.x"]) - runs[f"{name}.y"]).max()
    print(f"{name}: the answers differ by at most {difference:.2g}")
    assert difference <= TOLERANCE

answers = {}
for name, net in networks().items():
    mend_weights.write_safetensors(FOLDER / f"{REFERENCE}_{name}.safetensors", state(net))
    answers[f"{name}.x"] = runs[f"{name}.x"]
    answers[f"{name}.y"] = predict(net, runs[f"{name}.x"])
numpy.savez_compressed(FOLDER / f"{REFERENCE}_runs.npz", **answers)
