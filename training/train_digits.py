"""Trains the digit classifier (ViT layout) on MNIST, then exports and judges it.

    python3 -m training.train_digits --data DIR --run training/runs/digits

Training images are turned, scaled, sheared and shifted a little, so that digits drawn with a mouse work too.
5,000 training images are kept for validation; the test set is looked at once, with the shipped weights.
"""
from __future__ import annotations

import gzip
import json
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from training import export, loop, safetensors_io
from training.models.vit import Config, ViT
from training.shipped import load_tensors, tensors_of

VALIDATION = 5000


def read_idx(path: Path) -> np.ndarray:
    """An IDX file of unsigned bytes: 4 bytes of magic (the last: number of axes), big-endian sizes, the data."""
    data = gzip.decompress(path.read_bytes())
    axes = data[3]
    shape = np.frombuffer(data, ">u4", axes, 4)
    return np.frombuffer(data, np.uint8, offset=4 + 4 * axes).reshape(shape.tolist())


def read_images(data: Path, part: str) -> tuple[Tensor, Tensor]:
    """part 'train' or 't10k' → images [n, 1, 28, 28] in −1 … 1, labels [n]."""
    images = read_idx(data / "images" / f"{part}-images-idx3-ubyte.gz").astype(np.float32)
    labels = read_idx(data / "images" / f"{part}-labels-idx1-ubyte.gz").astype(np.int64)
    return torch.from_numpy(images / 127.5 - 1)[:, None], torch.from_numpy(labels)


def vary(images: Tensor, rng: np.random.Generator, strength: float = 1.0) -> Tensor:
    """Each image turned up to 12°, scaled by 0.85 … 1.15, sheared a little and shifted up to 2 pixels, times `strength`."""
    count = len(images)
    angle = rng.uniform(-0.21, 0.21, count) * strength
    scale = 1 + rng.uniform(-0.15, 0.15, (2, count)) * strength
    shear = rng.uniform(-0.15, 0.15, count) * strength
    shift = rng.uniform(-2 / 14, 2 / 14, (2, count)) * strength
    matrix = np.stack([
        np.stack([np.cos(angle) * scale[0], -np.sin(angle) + shear, shift[0]], -1),
        np.stack([np.sin(angle), np.cos(angle) * scale[1], shift[1]], -1)], 1)
    grid = F.affine_grid(torch.from_numpy(matrix.astype(np.float32)), list(images.shape), align_corners=False)
    return F.grid_sample(images + 1, grid, align_corners=False) - 1  # outside the picture: black


def loss_of(model: ViT, batch: tuple[Tensor, Tensor]) -> Tensor:
    with torch.autocast(batch[0].device.type, dtype=torch.bfloat16, enabled=model.training):
        return F.cross_entropy(model(batch[0]).float(), batch[1], label_smoothing=0.05 if model.training else 0.0)


@torch.no_grad()
def predictions(model: ViT, images: Tensor) -> Tensor:
    return torch.cat([model(part).argmax(-1) for part in images.split(250)])


def ship(model: ViT, data: Path, run: Path, out: Path, valid: tuple[Tensor, Tensor]) -> None:
    """Rounds the weights, writes the folder, and judges the rounded weights on the test set."""
    exact = tensors_of(model.eval())

    def loss(tensors: dict[str, np.ndarray]) -> float:
        load_tensors(model, tensors)
        with torch.no_grad():
            return float(np.mean([float(loss_of(model, part)) for part in zip(valid[0].split(500), valid[1].split(500))]))

    fineness, before, after = export.choose_fineness(exact, loss)
    rounded = export.round_all(exact, fineness)
    images, labels = read_images(data, "t10k")
    load_tensors(model, exact)
    exact_right = int((predictions(model, images) == labels).sum())
    load_tensors(model, rounded)
    guessed = predictions(model, images)
    confusion = torch.zeros(10, 10, dtype=torch.long).index_put_((labels, guessed), torch.ones(len(labels), dtype=torch.long), True)
    size = export.write_folder(out, model.config.to_hugging_face(), rounded, "# digits")
    export.write_json(out / "preprocessor_config.json", {
        "image_processor_type": "ViTImageProcessor", "do_resize": True, "size": {"height": 28, "width": 28}, "resample": 2,
        "do_rescale": True, "rescale_factor": 1 / 255, "do_normalize": True, "image_mean": [0.5], "image_std": [0.5]})
    right = int((guessed == labels).sum())
    result = {"model": "digits", "about": "MNIST test set, at the shipped weights", "images": len(labels),
              "accuracy": right / len(labels), "accuracy_before_rounding": exact_right / len(labels),
              "confusion": {"axes": ["digit", "answer"], "counts": confusion.tolist()}}
    export.write_json(out / "evaluation.json", result)
    export.write_json(run / "export.json", {"fineness": fineness, "exact_loss": before, "shipped_loss": after, "bytes": size,
                                            "parameters": sum(values.size for values in exact.values())})
    print(f"test accuracy {right / len(labels):.4f}, {size} bytes", flush=True)


def main() -> None:
    parser = loop.arguments(__doc__ or "", steps=2200, rate=2e-3, batch=64, run=Path("training/runs/digits"))
    parser.add_argument("--out", type=Path, default=Path("public/models/digits"))
    parser.add_argument("--init", type=Path, help="folder of a shipped model to begin from")
    parser.add_argument("--earlier", default="", help="what made those weights, for the card")
    parser.add_argument("--calm", type=float, default=1.0, help="share of the steps after which images are varied half as much")
    options = parser.parse_args()
    loop.prepare(options.seed)
    images, labels = read_images(options.data, "train")
    kept = torch.from_numpy(np.random.default_rng(0).permutation(len(images)))
    valid = (images[kept[:VALIDATION]], labels[kept[:VALIDATION]])
    images, labels = images[kept[VALIDATION:]], labels[kept[VALIDATION:]]
    model = ViT(Config())
    if options.init:
        load_tensors(model, safetensors_io.read(options.init / "model.safetensors.gz")).train()

    def batch(step: int) -> tuple[Tensor, Tensor]:
        rng = np.random.default_rng((options.seed, step))
        rows = torch.from_numpy(rng.integers(len(images), size=options.batch))
        strength = 1.0 if step < options.calm * options.steps else 0.5
        return vary(images[rows], rng, strength), labels[rows]

    def evaluate(model: ViT) -> str:
        return f"validation accuracy {float((predictions(model, valid[0]) == valid[1]).float().mean()):.4f}"

    schedule = loop.Schedule(steps=options.steps, peak=options.rate, hold=options.hold, final=0.0, warm_up=150, weight_decay=0.05)
    facts = loop.fit(model, batch, loss_of, schedule, options.run, resume=options.resume, evaluate=evaluate,
                     tokens_per_step=options.batch * 50, log_every=100, evaluate_every=500)
    summary = {**facts, "seed": options.seed, "batch": options.batch, "earlier": options.earlier, "config": asdict(model.config), "schedule": asdict(schedule)}
    (options.run / "summary.json").write_text(json.dumps(summary, indent=1) + "\n")
    ship(model, options.data, options.run, options.out, valid)


if __name__ == "__main__":
    main()
