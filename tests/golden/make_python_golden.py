#!/usr/bin/python3
"""Writes the fixtures in python/: files as NumPy, PyTorch and ONNX's own library write them.

    apt-get install python3-numpy python3-torch python3-onnx
    /usr/bin/python3 tests/golden/make_python_golden.py

The same bytes each time with the same versions: NumPy 1.24, PyTorch 1.13 and ONNX 1.12, Debian 12's. The tests of
lib/mend/files read them and need no Python; run this again only to add a case. tests/python checks the other direction,
that Python reads what mend writes.
"""

import pathlib
import sys
import zipfile

import numpy
import onnx
import torch
from onnx import TensorProto, helper

FOLDER = pathlib.Path(__file__).parent / "python"
sys.dont_write_bytecode = True
sys.path.insert(0, str(FOLDER.parent.parent / "python"))
import mend_weights  # noqa: E402  what the page "Weights to Python and back" shows


def count(dtype, *shape):
    """0, 1/4, 2/4, ... (0, 1, 2, ... for bytes): numbers that float32 holds exactly."""
    size = int(numpy.prod(shape))
    numbers = numpy.arange(size) if dtype == "u1" else numpy.arange(size) / 4
    return numbers.reshape(shape).astype(dtype)


def write_npy(name, array, version=(1, 0)):
    with open(FOLDER / name, "wb") as file:
        numpy.lib.format.write_array(file, array, version)


def arrays():
    # What can be read.
    write_npy("f4.npy", count("<f4", 2, 3))
    write_npy("f8.npy", count("<f8", 2, 1, 3, 2))
    write_npy("u1.npy", count("u1", 5))
    write_npy("scalar.npy", numpy.array(0.25))
    write_npy("empty.npy", numpy.zeros((0, 7), "<f4"))
    write_npy("version2.npy", count("<f4", 2, 3), (2, 0))
    write_npy("version3.npy", count("<f4", 2, 3), (3, 0))
    # What cannot.
    write_npy("fortran.npy", numpy.asfortranarray(count("<f4", 2, 3)))
    write_npy("big_endian.npy", count(">f4", 2, 3))
    write_npy("int64.npy", count("<i8", 2, 3))
    write_npy("bool.npy", numpy.array([True]))
    write_npy("records.npy", numpy.zeros(2, [("x", "<f4"), ("y", "<f4")]))
    write_npy("objects.npy", numpy.array([None]))
    write_npy("rank5.npy", count("<f4", 1, 1, 1, 1, 1))


def archives():
    content = {"0.weight": count("<f4", 2, 3), "pixels": count("u1", 5), "ä": count("<f8", 1)}
    numpy.savez(FOLDER / "stored.npz", **content)
    numpy.savez_compressed(FOLDER / "deflated.npz", **content)
    with zipfile.ZipFile(FOLDER / "bzip2.npz", "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr(zipfile.ZipInfo("x.npy"), (FOLDER / "f4.npy").read_bytes(), zipfile.ZIP_BZIP2)


def torch_weights():
    torch.manual_seed(7)
    net = torch.nn.Sequential(torch.nn.Linear(5, 4), torch.nn.ReLU(), torch.nn.Linear(4, 3), torch.nn.Sigmoid())
    x = torch.randn(6, 5)
    mend_weights.write_safetensors(FOLDER / "torch_weights.safetensors",
                                  {name: tensor.numpy() for name, tensor in net.state_dict().items()})
    numpy.savez(FOLDER / "torch_run.npz", x=x.numpy(), y=net(x).detach().numpy())


def onnx_model():
    """The network of OnnxTest in tests/files/onnx_test.cpp, as ONNX's own helpers write it."""
    def weight(name, *shape):
        return helper.make_tensor(name, TensorProto.FLOAT, shape, count("<f4", *shape).tobytes(), raw=True)

    def dense(x, y, name):
        return helper.make_node("Gemm", [x, f"{name}.weight", f"{name}.bias"], [y], name=y)

    nodes = [
        dense("x", "0", "0"),
        helper.make_node("Relu", ["0"], ["1"], name="1"),
        dense("1", "2.branch.0", "2.branch.0"),
        helper.make_node("LeakyRelu", ["2.branch.0"], ["2.branch"], name="2.branch", alpha=0.125),
        helper.make_node("Add", ["1", "2.branch"], ["2"], name="2"),
        helper.make_node("Tanh", ["2"], ["3.branch"], name="3.branch"),
        helper.make_node("Concat", ["2", "3.branch"], ["3"], name="3", axis=1),
        helper.make_node("Identity", ["3"], ["4"], name="4"),
        helper.make_node("Softplus", ["4"], ["5"], name="5"),
        dense("5", "6", "6"),
        helper.make_node("Sigmoid", ["6"], ["y"], name="y"),
    ]
    weights = [weight("0.weight", 3, 2), weight("0.bias", 2), weight("2.branch.0.weight", 2, 2),
               weight("2.branch.0.bias", 2), weight("6.weight", 4, 200), weight("6.bias", 200)]
    graph = helper.make_graph(nodes, "mend", [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["N", 3])],
                              [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["N", 200])], weights)
    model = helper.make_model(graph, producer_name="mend", opset_imports=[helper.make_opsetid("", 13)], ir_version=7)
    onnx.checker.check_model(model, full_check=True)
    (FOLDER / "layers.onnx").write_bytes(model.SerializeToString())


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    arrays()
    archives()
    torch_weights()
    onnx_model()
