"""The files of mend in Python: weights of a checkpoint for torch.nn, and weights of torch.nn for mend."""

import json
import struct

import numpy

TYPES = {"F32": "<f4", "F64": "<f8", "U8": "|u1"}


def read_safetensors(path):
    """The arrays of a .safetensors file by name, and its metadata."""
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        numbers = file.read()
    metadata = header.pop("__metadata__", {})
    arrays = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        arrays[name] = numpy.frombuffer(numbers[begin:end], TYPES[entry["dtype"]]).reshape(entry["shape"])
    return arrays, metadata


def write_safetensors(path, arrays):
    """Writes arrays by name as a .safetensors file."""
    header, numbers = {}, b""
    for name, array in arrays.items():
        dtype = next(dtype for dtype, code in TYPES.items() if numpy.dtype(code) == array.dtype)
        header[name] = {"dtype": dtype, "shape": array.shape, "data_offsets": [len(numbers), len(numbers) + array.nbytes]}
        numbers += array.tobytes()
    text = json.dumps(header).encode()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + numbers)


def torch_weights(path):
    """The weights of a checkpoint of mend, under the names and in the shapes of torch.nn.Sequential's state_dict."""
    arrays, _ = read_safetensors(path)
    weights = {name.removeprefix("model."): array for name, array in arrays.items() if name.startswith("model.")}
    return {name: array.T if array.ndim == 2 else array for name, array in weights.items()}
