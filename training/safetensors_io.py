"""Reads and writes safetensors files (F32, F16, BF16, I64) with nothing but NumPy.

Format: 8 bytes little-endian header length, a JSON header {name: {dtype, shape, data_offsets}}, the data.
https://huggingface.co/docs/safetensors#format
"""
from __future__ import annotations

import json
from pathlib import Path

import numpy as np

DTYPES = {"F32": np.dtype("<f4"), "F16": np.dtype("<f2"), "BF16": np.dtype("<u2"), "I64": np.dtype("<i8")}


def to_bfloat16(values: np.ndarray) -> np.ndarray:
    """F32 → BF16 bits, round to nearest even (NaN is not handled)."""
    bits = np.ascontiguousarray(values, dtype="<f4").view("<u4")
    return ((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16).astype("<u2")


def from_bfloat16(bits: np.ndarray) -> np.ndarray:
    """BF16 bits → F32."""
    return (bits.astype("<u4") << 16).view("<f4")


def write(path: Path, tensors: dict[str, np.ndarray], dtype: str = "F32", metadata: dict[str, str] | None = None) -> None:
    """Writes float tensors as `dtype`, in the order given; integer arrays as I64."""
    path.write_bytes(pack(tensors, dtype, metadata))


def pack(tensors: dict[str, np.ndarray], dtype: str = "F32", metadata: dict[str, str] | None = None) -> bytes:
    """The bytes of such a file."""
    header: dict[str, object] = {"__metadata__": metadata} if metadata else {}
    chunks: list[bytes] = []
    offset = 0
    for name, values in tensors.items():
        kind = "I64" if np.issubdtype(values.dtype, np.integer) else dtype
        data = (to_bfloat16(values) if kind == "BF16" else values.astype(DTYPES[kind])).tobytes()
        header[name] = {"dtype": kind, "shape": list(values.shape), "data_offsets": [offset, offset + len(data)]}
        chunks.append(data)
        offset += len(data)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return b"".join([len(text).to_bytes(8, "little"), text, *chunks])


def unpack(data: bytes) -> dict[str, np.ndarray]:
    """Every tensor of a file, floats as F32, I64 as it is."""
    size = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + size])
    tensors: dict[str, np.ndarray] = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        start, end = (8 + size + offset for offset in entry["data_offsets"])
        values = np.frombuffer(data[start:end], dtype=DTYPES[entry["dtype"]])
        if entry["dtype"] == "BF16":
            values = from_bfloat16(values)
        elif entry["dtype"] != "I64":
            values = values.astype(np.float32)
        tensors[name] = values.reshape(entry["shape"])
    return tensors


def read(path: Path) -> dict[str, np.ndarray]:
    """Reads a .safetensors file, or one compressed as .safetensors.gz."""
    data = path.read_bytes()
    if path.suffix == ".gz":
        import gzip

        data = gzip.decompress(data)
    return unpack(data)
