"""Draws the sample digits that ship with the digits model: pen strokes of ours, not MNIST images.

    python3 -m training.draw_digits [--out public/models/digits/samples.json]

A stroke is a chain of points (x, y) on the 28 × 28 picture; a round pen of 1.3 pixels' radius follows it.
"""
from __future__ import annotations

import argparse
import json
import math
from pathlib import Path

import numpy as np

Stroke = list[tuple[float, float]]


def arc(x: float, y: float, width: float, height: float, start: float, end: float) -> Stroke:
    """A piece of an ellipse, in degrees clockwise from the right (y points down)."""
    steps = max(2, int(abs(end - start) / 10))
    angles = [math.radians(start + (end - start) * step / steps) for step in range(steps + 1)]
    return [(x + width * math.cos(angle), y + height * math.sin(angle)) for angle in angles]


DIGITS: list[list[Stroke]] = [
    [arc(14, 14, 5.5, 8.5, -80, 280)],
    [[(10.5, 9.5), (14.5, 5.5), (14, 22.5)]],
    [[*arc(13.5, 10, 5, 4.5, -170, 40), (9, 22), (19.5, 21.5)]],
    [[*arc(13, 9.7, 4.7, 4.2, -150, 80), (12.5, 13.8), *arc(13, 18, 5.5, 4.4, -80, 150)]],
    [[(12.5, 5.5), (8.5, 15.5), (20, 15)], [(16.5, 9), (16, 23)]],
    [[(18.5, 6), (11, 6), (10, 12.5), *arc(13.3, 17, 5.2, 5, -120, 140)]],
    [[(16.5, 5), (11, 11), *arc(13.7, 17.5, 4.8, 4.7, -165, 195)]],
    [[(8.5, 7), (19, 6.5), (13, 22.5)], [(11, 14.5), (18, 14)]],
    [arc(14, 9.7, 4, 4.2, 90, 450), arc(14, 18.2, 4.8, 4.4, -90, 270)],
    [[*arc(13.7, 10.3, 4.5, 4.6, 10, 370), (17.5, 17), (15.5, 23)]],
]


def draw(strokes: list[Stroke], radius: float = 1.3) -> np.ndarray:
    """[28, 28] of 0 … 255, white on black, soft at the edge."""
    rows, columns = np.mgrid[0:28, 0:28] + 0.5
    nearest = np.full((28, 28), np.inf)
    for stroke in strokes:
        for (x0, y0), (x1, y1) in zip(stroke, stroke[1:]):
            length = (x1 - x0) ** 2 + (y1 - y0) ** 2
            along = np.clip(((columns - x0) * (x1 - x0) + (rows - y0) * (y1 - y0)) / max(length, 1e-9), 0, 1)
            nearest = np.minimum(nearest, np.hypot(columns - x0 - along * (x1 - x0), rows - y0 - along * (y1 - y0)))
    return np.rint(255 * np.clip(radius + 0.5 - nearest, 0, 1)).astype(int)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("public/models/digits/samples.json"))
    options = parser.parse_args()
    samples = [{"label": str(digit), "pixels": draw(strokes).ravel().tolist()} for digit, strokes in enumerate(DIGITS)]
    options.out.parent.mkdir(parents=True, exist_ok=True)
    lines = ",\n".join(json.dumps(sample, separators=(",", ":")) for sample in samples)
    options.out.write_text(f'{{"width":28,"height":28,"values":"0 (black) to 255 (white), row by row","samples":[\n{lines}\n]}}\n')


if __name__ == "__main__":
    main()
