#!/usr/bin/python3
"""Writes golden.hpp's fixtures: what PyTorch says about every layer, loss and optimizer of mend.

    apt-get install python3-torch
    /usr/bin/python3 tests/golden/make_golden.py

writes layers.safetensors, losses.safetensors and optimizers.safetensors beside this file: the same bytes each time
with the same version of PyTorch, which stands in their metadata. The tests read the files and need no Python; run
this again only to add a case.

All numbers are float64. Values come from forward, gradients from autograd. What PyTorch has built in is taken from
there; the rest (Residual, SkipConcat, the losses of the hole) is composed from built-ins. Dropout's mask, for which
PyTorch has its own random numbers, is drawn from mend's random stream, written out a second time below.
"""

import json
import pathlib
import struct

import numpy
import torch
from torch import nn
from torch.nn import functional as F

RANDOM = numpy.random.default_rng(2024)
FOLDER = pathlib.Path(__file__).parent


def normal(*shape):
    return torch.from_numpy(RANDOM.normal(size=shape))


def uniform(*shape):
    return torch.from_numpy(RANDOM.uniform(size=shape))


def leaf(x):
    """The same numbers, with a gradient to come."""
    return x.clone().requires_grad_()


def save(module, tensors):
    """The safetensors format by hand: the header's length, the header in JSON, then the numbers without gaps."""
    header = {"__metadata__": {"made_by": "tests/golden/make_golden.py", "torch": str(torch.__version__),
                               "what": f"values and gradients of mend's {module} according to PyTorch, float64"}}
    numbers = b""
    for name, tensor in sorted(tensors.items()):
        array = numpy.atleast_1d(tensor.detach().numpy()).astype("<f8")
        header[name] = {"dtype": "F64", "shape": array.shape,
                        "data_offsets": [len(numbers), len(numbers) + array.nbytes]}
        numbers += array.tobytes()
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    (FOLDER / f"{module}.safetensors").write_bytes(struct.pack("<Q", len(text)) + text + numbers)


# --- mend's random stream: lib/mend/tensor/random.cpp and the standard's definition of mt19937_64 -------------------

MASK = 2**64 - 1


def scramble(z):
    """SplitMix64."""
    z = (z + 0x9E3779B97F4A7C15) & MASK
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & MASK
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB & MASK
    return z ^ (z >> 31)


def mt19937_64(seed):
    """Yields the numbers of the 64-bit Mersenne Twister (Nishimura 2000)."""
    state = [seed]
    for i in range(1, 312):
        state.append((6364136223846793005 * (state[-1] ^ (state[-1] >> 62)) + i) & MASK)
    while True:
        for i in range(312):
            joined = (state[i] & ~0x7FFFFFFF) | (state[(i + 1) % 312] & 0x7FFFFFFF)
            state[i] = state[(i + 156) % 312] ^ (joined >> 1) ^ ((joined & 1) * 0xB5026F5AA96619E9)
        for x in state:
            x ^= (x >> 29) & 0x5555555555555555
            x ^= (x << 17) & 0x71D67FFFEDA60000
            x ^= (x << 37) & 0xFFF7EEE000000000
            yield x ^ (x >> 43)


def stream(seed, name):
    """Random(seed, name).uniform(), again and again."""
    hashed = scramble(seed)
    for byte in name.encode():
        hashed = scramble(hashed ^ byte)
    for bits in mt19937_64(hashed):
        yield (bits >> 11) * 2.0**-53


# --- layers ---------------------------------------------------------------------------------------------------------


class Residual(nn.Module):
    def __init__(self, branch):
        super().__init__()
        self.branch = branch

    def forward(self, x):
        return x + self.branch(x)


class SkipConcat(Residual):
    def forward(self, x):
        return torch.cat([x, self.branch(x)], dim=1)


class Dropout(nn.Module):
    """With the mask that mend's Dropout(rate, Random(5, "dropout")) draws first."""

    def __init__(self, rate):
        super().__init__()
        self.rate, self.uniforms = rate, stream(5, "dropout")

    def forward(self, x):
        drawn = torch.tensor([next(self.uniforms) for _ in range(x.numel())], dtype=x.dtype).reshape(x.shape)
        return x * (drawn >= self.rate) / (1 - self.rate)


def layer(tensors, name, module, x):
    """x, parameters, y, the upstream gradient, and the gradient of the sum of upstream times y with respect to each."""
    for parameter in module.double().parameters():  # biases as well: at zero much stays hidden
        parameter.data = normal(*parameter.shape) / 2
    x = leaf(x)
    y = module(x)
    upstream = normal(*y.shape)
    y.backward(upstream)
    tensors |= {f"{name}.x": x, f"{name}.y": y, f"{name}.upstream": upstream, f"{name}.dx": x.grad}
    for path, parameter in module.named_parameters():
        before, dot, last = path.rpartition(".")
        # nn.Linear keeps W as (out, in), mend as (in, out); a bias is its own transpose.
        tensors[f"{name}.{path}"] = parameter.T if parameter.dim() == 2 else parameter
        tensors[f"{name}.{before}{dot}d{last}"] = parameter.grad.T if parameter.dim() == 2 else parameter.grad


def layers():
    tensors = {}
    layer(tensors, "dense", nn.Linear(4, 3), normal(5, 4))
    layer(tensors, "dropout", Dropout(0.3), normal(5, 4))
    at_the_kink = normal(5, 4)
    at_the_kink[1, 2] = 0
    layer(tensors, "leaky_relu", nn.LeakyReLU(0.2), at_the_kink)
    layer(tensors, "relu", nn.ReLU(), at_the_kink)
    layer(tensors, "residual", Residual(nn.Sequential(nn.Linear(4, 3), nn.Tanh(), nn.Linear(3, 4))), normal(5, 4))
    layer(tensors, "sequential", nn.Sequential(nn.Linear(4, 6), nn.ReLU(), nn.Linear(6, 3), nn.Sigmoid()), normal(5, 4))
    layer(tensors, "sigmoid", nn.Sigmoid(), 3 * normal(5, 4))
    layer(tensors, "skip_concat", SkipConcat(nn.Sequential(nn.Linear(4, 3), nn.Tanh())), normal(5, 4))
    layer(tensors, "softplus", nn.Softplus(), 3 * normal(5, 4))
    layer(tensors, "tanh", nn.Tanh(), normal(5, 4))
    save("layers", tensors)


# --- losses ---------------------------------------------------------------------------------------------------------


def loss(tensors, name, function, y, target):
    y = leaf(y)
    value = function(y, target)
    value.backward()
    tensors |= {f"{name}.y": y, f"{name}.target": target, f"{name}.value": value, f"{name}.gradient": y.grad}


def hole_loss(tensors, name, function, y, target):
    """function(y, target, weight) is the weighted sum; hole and known_weight as in lib/mend/losses/hole_losses.hpp."""
    hole = (uniform(*y.shape) < 0.4).double()
    hole[2, 1] = 0.5  # a soft edge
    for case, known_weight in {"hole_alone": 0, "with_known": 0.3}.items():
        weight = hole + known_weight * (1 - hole)
        tensors[f"{name}.{case}.hole"] = hole
        loss(tensors, f"{name}.{case}", lambda a, t: function(a, t, weight) / weight.sum(), y, target)


def clipped_mse(weight):
    def function(y, target):
        beyond = ((target == 0) & (y < 0)) | ((target == 1) & (y > 1))
        squares = F.mse_loss(y, target, reduction="none")
        return (weight * squares.masked_fill(beyond, 0)).sum() / len(y)
    return function


def losses():
    tensors = {}
    y = uniform(5, 4)
    y[0, 1], y[3, 2] = 0, 1  # where mend clips, and the gradient is 0
    loss(tensors, "bce", lambda p, t: F.binary_cross_entropy(p.clamp(1e-7, 1 - 1e-7), t), y, uniform(5, 4))
    loss(tensors, "bce_with_logits", F.binary_cross_entropy_with_logits, 3 * normal(5, 4), uniform(5, 4))
    loss(tensors, "huber", lambda a, t: F.huber_loss(a, t, delta=0.8), normal(5, 4), normal(5, 4))
    y, target = normal(5, 4), normal(5, 4)
    target[2, 3] = y[2, 3]  # the kink
    loss(tensors, "l1", F.l1_loss, y, target)
    loss(tensors, "mse", F.mse_loss, normal(5, 4), normal(5, 4))
    hole_loss(tensors, "hole_mse", lambda a, t, w: (w * F.mse_loss(a, t, reduction="none")).sum(),
              normal(5, 4), uniform(5, 4))
    hole_loss(tensors, "hole_l1", lambda a, t, w: (w * F.l1_loss(a, t, reduction="none")).sum(),
              normal(5, 4), uniform(5, 4))
    hole_loss(tensors, "hole_bce_with_logits",
              lambda a, t, w: F.binary_cross_entropy_with_logits(a, t, weight=w, reduction="sum"),
              3 * normal(5, 4), uniform(5, 4))
    y, target, weight = normal(5, 4), uniform(5, 4), 2 * uniform(5, 4)
    target[0], target[1] = 0, 1  # where what lies beyond the end of the range costs nothing
    tensors["clipped_mse.weight"] = weight
    loss(tensors, "clipped_mse", clipped_mse(weight), y, target)
    save("losses", tensors)


# --- optimizers -----------------------------------------------------------------------------------------------------

SHAPES = {"matrix": (2, 3), "vector": (4,)}


def trajectory(tensors, name, make):
    """Ten steps along gradients that do not depend on the weights, and the weights after each step."""
    start = {part: normal(*shape) for part, shape in SHAPES.items()}
    gradients = {part: normal(10, *shape) for part, shape in SHAPES.items()}
    weights = {part: leaf(value) for part, value in start.items()}
    optimizer = make(list(weights.values()))
    path = {part: [] for part in SHAPES}
    for step in range(10):
        for part, w in weights.items():
            w.grad = gradients[part][step].clone()
        optimizer.step()
        for part, w in weights.items():
            path[part].append(w.detach().clone())
    for part in SHAPES:
        tensors |= {f"{name}.{part}.start": start[part], f"{name}.{part}.gradients": gradients[part],
                    f"{name}.{part}.path": torch.stack(path[part])}


def clip(tensors):
    weights = {part: leaf(normal(*shape)) for part, shape in SHAPES.items()}
    for part, w in weights.items():
        w.grad = normal(*w.shape)
        tensors[f"clip_by_norm.{part}.gradient"] = w.grad.clone()
    norm = nn.utils.clip_grad_norm_(weights.values(), 0.5)
    tensors["clip_by_norm.norm"] = norm
    for part, w in weights.items():
        # PyTorch divides by norm + 1e-6, which would drown the digits that matter here: taken out again.
        tensors[f"clip_by_norm.{part}.clipped"] = w.grad * (norm + 1e-6) / norm


def optimizers():
    tensors = {}
    trajectory(tensors, "sgd", lambda w: torch.optim.SGD(w, lr=0.1))
    trajectory(tensors, "momentum", lambda w: torch.optim.SGD(w, lr=0.05, momentum=0.8))
    trajectory(tensors, "nesterov", lambda w: torch.optim.SGD(w, lr=0.05, momentum=0.8, nesterov=True))
    trajectory(tensors, "rmsprop", lambda w: torch.optim.RMSprop(w, lr=0.01, alpha=0.95, eps=1e-3))
    trajectory(tensors, "adam", lambda w: torch.optim.Adam(w, lr=0.01, betas=(0.8, 0.98), eps=1e-3))
    trajectory(tensors, "adamw", lambda w: torch.optim.AdamW(w, lr=0.01, betas=(0.8, 0.98), eps=1e-3, weight_decay=0.3))
    clip(tensors)
    save("optimizers", tensors)


if __name__ == "__main__":
    layers()
    losses()
    optimizers()
