"""Expands model.safetensors.gz into model.safetensors, for tools that read plain Hugging Face folders.

    python3 -m training.expand public/models/causal [--out DIR]
"""
from __future__ import annotations

import argparse
import gzip
import shutil
from pathlib import Path


def expand(folder: Path, out: Path) -> Path:
    """Writes out/model.safetensors; where `out` is another folder, copies the other files of the model too."""
    out.mkdir(parents=True, exist_ok=True)
    target = out / "model.safetensors"
    target.write_bytes(gzip.decompress((folder / "model.safetensors.gz").read_bytes()))
    if out.resolve() != folder.resolve():
        for path in folder.glob("*.json"):
            shutil.copy(path, out / path.name)
    return target


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    print(expand(options.folder, options.out or options.folder))
