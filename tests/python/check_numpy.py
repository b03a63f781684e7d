"""check_numpy.py FOLDER: does NumPy read the .npy and .npz files that exchange wrote there?"""

import pathlib
import sys
import zipfile

import numpy

FOLDER = pathlib.Path(sys.argv[1])


def thirds(dtype, *shape):
    return (numpy.arange(int(numpy.prod(shape))) / 3 - 5).reshape(shape).astype(dtype)


EXPECTED = {
    "f4": thirds("<f4", 2, 3, 4),
    "f8": thirds("<f8", 5, 1, 2, 3),
    "u1": (numpy.arange(10_000) * 7 % 256).reshape(100, 100).astype("u1"),
    "scalar": thirds("<f8"),
    "empty": numpy.zeros((0, 7), "<f4"),
    "1.bias ä": thirds("<f4", 9),
}


def compare(where, name, found):
    golden = EXPECTED[name]
    assert found.dtype == golden.dtype, f"{where}: {name} is {found.dtype}, not {golden.dtype}"
    assert found.shape == golden.shape, f"{where}: {name} is {found.shape}, not {golden.shape}"
    assert found.flags.c_contiguous, f"{where}: {name} is not in C order"
    assert (found == golden).all(), f"{where}: {name} holds other numbers"


for name in EXPECTED:
    compare(f"{name}.npy", name, numpy.load(FOLDER / f"{name}.npy"))
    compare(f"{name}.npy, mapped", name, numpy.load(FOLDER / f"{name}.npy", mmap_mode="r" if "empty" != name else None))
for archive in ("stored.npz", "deflated.npz"):
    assert zipfile.ZipFile(FOLDER / archive).testzip() is None, f"{archive}: a checksum is wrong"
    with numpy.load(FOLDER / archive) as arrays:
        assert set(arrays.files) == set(EXPECTED), f"{archive} holds {arrays.files}"
        for name in EXPECTED:
            compare(archive, name, arrays[name])
print(f"NumPy {numpy.__version__} reads {len(EXPECTED)} .npy files and 2 .npz files")
