"""What each attention head does, as numbers between 0 and 1: the share of its attention that goes where.

On held-out text: previous (to i−1), next (to i+1; 0 under a causal mask), self, first (to token 0, from i ≥ 1).
On random tokens said twice (Olsson et al. 2022): duplicate (to the same token, the first time) and induction
(to the token after that one). Each is a mean over queries and rows.
"""
from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import torch
from torch import Tensor

Patterns = Callable[[Tensor], Sequence[Tensor]]
"""ids [batch, pos] → per layer a pattern [batch, head, query_pos, key_pos]."""


def _mean_diagonal(pattern: Tensor, offset: int, first: int = 0) -> Tensor:
    """Mean over rows and over queries i ≥ first of pattern[i, i + offset] → [head]."""
    diagonal = torch.diagonal(pattern, offset, dim1=2, dim2=3)  # query i = index − min(offset, 0)
    return diagonal[:, :, max(0, first + min(offset, 0)) :].mean(dim=(0, 2))


def text_scores(patterns: Sequence[Tensor]) -> dict[str, Tensor]:
    """previous, next, self and first of each head, each [layer, head]."""
    return {
        "previous": torch.stack([_mean_diagonal(pattern, -1) for pattern in patterns]),
        "next": torch.stack([_mean_diagonal(pattern, 1) for pattern in patterns]),
        "self": torch.stack([_mean_diagonal(pattern, 0, first=1) for pattern in patterns]),
        "first": torch.stack([pattern[:, :, 1:, 0].mean(dim=(0, 2)) for pattern in patterns]),
    }


def repeat_scores(patterns: Sequence[Tensor], period: int) -> dict[str, Tensor]:
    """duplicate and induction of each head, each [layer, head], on rows that repeat after `period` tokens."""
    return {
        "duplicate": torch.stack([_mean_diagonal(pattern, -period) for pattern in patterns]),
        "induction": torch.stack([_mean_diagonal(pattern, 1 - period, first=period) for pattern in patterns]),
    }


@torch.no_grad()
def head_scores(patterns_of: Patterns, rows: Tensor, vocabulary: tuple[int, int], seed: int, period: int = 32,
                count: int = 512) -> list[list[dict[str, float]]]:
    """Scores of every head, [layer][head].

    rows [n, pos]: held-out text; vocabulary: the range of ids that the random rows draw from.
    """
    rng = np.random.default_rng(seed)
    once = torch.from_numpy(rng.integers(*vocabulary, (count, period)))
    sums: dict[str, Tensor] = {}
    for part in rows.split(32):
        for name, values in text_scores(patterns_of(part.to(rows.device))).items():
            sums[name] = sums.get(name, torch.zeros(())) + values.cpu() * len(part) / len(rows)
    for part in torch.cat([once, once], 1).split(32):
        for name, values in repeat_scores(patterns_of(part.to(rows.device)), period).items():
            sums[name] = sums.get(name, torch.zeros(())) + values.cpu() * len(part) / count
    layers, heads = next(iter(sums.values())).shape
    return [[{name: round(float(values[layer, head]), 4) for name, values in sums.items()} for head in range(heads)]
            for layer in range(layers)]


def best_heads(scores: list[list[dict[str, float]]]) -> dict[str, dict[str, float | int]]:
    """For each score the head that has most of it."""
    names = scores[0][0]
    found = {}
    for name in names:
        value, layer, head = max((heads[name], -layer, -head) for layer, row in enumerate(scores) for head, heads in enumerate(row))
        found[name] = {"layer": -layer, "head": -head, "score": value}
    return found
