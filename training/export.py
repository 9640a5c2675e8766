"""Writes a Hugging Face folder whose weights compress well.

Every tensor is rounded to a power-of-two grid of its own, round(w·2ᵏ)·2⁻ᵏ, and stored as F16, which holds such
values exactly: the file stays a valid safetensors file, and gzip takes it to less than a byte a weight. It is
shipped as model.safetensors.gz, because static hosts do not compress such files; `training.expand` expands it.
"""
from __future__ import annotations

import gzip
import json
import math
from collections.abc import Callable
from pathlib import Path

import numpy as np

from training import safetensors_io
from training.bpe import Tokenizer

FINENESS = (3, 4, 6, 8, 12, 16, 24, 32)
"""Grids to try, coarsest first: at least this many steps in one standard deviation of a matrix."""
VECTOR_FINENESS = 256
"""Biases, norms and other vectors are few: their grid is fine."""


def grid_exponent(values: np.ndarray, fineness: float) -> int:
    """k of the grid 2⁻ᵏ: the coarsest with `fineness` steps or more to a standard deviation, exact in F16."""
    spread = float(values.std()) or float(np.abs(values).max()) or 1.0
    k = math.ceil(math.log2(fineness / spread))
    largest = float(np.abs(values).max())
    while k > -15 and largest * 2.0**k > 2047:  # 11 significant bits
        k -= 1
    return min(k, 24)


def round_to_grid(values: np.ndarray, fineness: float) -> np.ndarray:
    """round(w·2ᵏ)·2⁻ᵏ; `fineness` counts for matrices, vectors keep VECTOR_FINENESS."""
    k = grid_exponent(values, fineness if values.ndim > 1 else VECTOR_FINENESS)
    return (np.round(values.astype(np.float64) * 2.0**k) * 2.0**-k).astype(np.float32)


def round_all(tensors: dict[str, np.ndarray], fineness: float) -> dict[str, np.ndarray]:
    """Every tensor on its grid."""
    return {name: round_to_grid(values, fineness) for name, values in tensors.items()}


def choose_fineness(tensors: dict[str, np.ndarray], loss_of: Callable[[dict[str, np.ndarray]], float],
                    allowed: float = 0.004) -> tuple[float, float, float]:
    """The coarsest grid whose loss is at most `allowed` (a share) above the exact one.

    Returns (fineness, exact loss, rounded loss). Choose on a sample, then report on all of the held-out text.
    """
    exact = loss_of(tensors)
    for fineness in FINENESS:
        rounded = loss_of(round_all(tensors, fineness))
        print(f"grid of 1/{fineness} standard deviation: {rounded:.4f}, exact {exact:.4f}", flush=True)
        if rounded <= exact * (1 + allowed):
            break
    return fineness, exact, rounded


def finest_within(tensors: dict[str, np.ndarray], limit: int) -> float:
    """The finest grid whose file has at most `limit` bytes."""
    return next(fineness for fineness in reversed(FINENESS) if len(compress(round_all(tensors, fineness))) <= limit)


def compress(tensors: dict[str, np.ndarray]) -> bytes:
    """The bytes of model.safetensors.gz, the same on every machine with the same zlib."""
    return gzip.compress(safetensors_io.pack(tensors, "F16", {"format": "pt"}), 9, mtime=0)


def write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def write_folder(folder: Path, config: dict[str, object], tensors: dict[str, np.ndarray], card: str,
                 tokenizer: Tokenizer | None = None, model_max_length: int = 128) -> int:
    """Writes config.json, model.safetensors.gz, card.md and the tokenizer; returns the size of the weights in bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    write_json(folder / "config.json", config)
    data = compress(tensors)
    (folder / "model.safetensors.gz").write_bytes(data)
    (folder / "card.md").write_text(card.strip() + "\n", encoding="utf-8")
    if tokenizer:
        tokenizer.save(folder, model_max_length)
    return len(data)
