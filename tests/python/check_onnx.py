"""check_onnx.py FOLDER: are the models that exchange wrote valid ONNX, and do they compute what mend computed?

ONNX's checker and its shape inference judge the files. The operators are evaluated in NumPy, from their definitions in
https://onnx.ai/onnx/operators: ONNX 1.12 has no evaluator of its own.
"""

import pathlib
import sys

import numpy
import onnx
from onnx import helper, numpy_helper

FOLDER = pathlib.Path(sys.argv[1])
TOLERANCE = 1e-5
OPERATORS = {
    "Add": lambda a, b: a + b,
    "Concat": lambda a, b, axis: numpy.concatenate([a, b], axis),
    "Gemm": lambda a, b, c: a @ b + c,
    "Identity": lambda x: x,
    "LeakyRelu": lambda x, alpha: numpy.where(x < 0, alpha * x, x),
    "Relu": lambda x: numpy.maximum(x, 0),
    "Sigmoid": lambda x: 1 / (1 + numpy.exp(-x)),
    "Softplus": lambda x: numpy.log(numpy.exp(x) + 1),
    "Tanh": numpy.tanh,
}


def evaluate(model, x):
    values = {w.name: numpy_helper.to_array(w).astype("<f8") for w in model.graph.initializer}
    values["x"] = x.astype("<f8")
    for node in model.graph.node:
        attributes = {a.name: helper.get_attribute_value(a) for a in node.attribute}
        values[node.output[0]] = OPERATORS[node.op_type](*[values[name] for name in node.input], **attributes)
    return values["y"]


def extents(value):
    return [d.dim_param or d.dim_value for d in value.type.tensor_type.shape.dim]


runs = numpy.load(FOLDER / "runs.npz")
seen = set()
for name in ("embedding", "restorer", "every_layer"):
    model = onnx.load(FOLDER / f"{name}.onnx")
    onnx.checker.check_model(model, full_check=True)
    inferred = onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True)
    assert len(inferred.graph.value_info) == len(model.graph.node) - 1, "a shape could not be inferred"
    x, y = runs[f"{name}.x"], runs[f"{name}.y"]
    assert extents(model.graph.input[0]) == ["N", x.shape[1]] and extents(model.graph.output[0]) == ["N", y.shape[1]]
    difference = abs(evaluate(model, x) - y).max()
    print(f"{name}: the answers differ by at most {difference:.2g}")
    assert difference <= TOLERANCE
    seen |= {node.op_type for node in model.graph.node}
assert seen == set(OPERATORS), f"not compared: {set(OPERATORS) - seen}"
