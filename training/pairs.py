"""Sentence pairs for the translator: read, split by distinct English sentence, encoded, and batched by length."""
from __future__ import annotations

import gzip
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from training.corpus import clean, is_validation
from training.pair_tokenizer import END, LANGUAGES, PAD, PairTokenizer

HELD_OUT = 25
"""Of a thousand distinct English sentences; the same ones in both languages."""


@dataclass(frozen=True)
class Pair:
    english: str
    other: str
    language: str


def read_pairs(data: Path, language: str) -> tuple[list[Pair], list[Pair]]:
    """(training, validation) pairs of a language; an English sentence, whatever its spelling, is on one side only."""
    train: list[Pair] = []
    valid: list[Pair] = []
    with gzip.open(data / "corpora" / f"en-{language}.tsv.gz", "rt", encoding="utf-8") as file:
        for line in file:
            english, other, *_ = (clean(part) for part in line.rstrip("\n").split("\t"))
            (valid if is_validation(english, HELD_OUT) else train).append(Pair(english, other, language))
    return train, valid


def source_ids(tokenizer: PairTokenizer, english: str, language: str) -> list[int]:
    """>>language<<, the sentence, </s>."""
    return [LANGUAGES[language], *tokenizer.encode(english), END]


def pad(rows: Sequence[Sequence[int]]) -> Tensor:
    """[row, width of the longest]."""
    out = np.full((len(rows), max(map(len, rows))), PAD, dtype=np.int64)
    for index, row in enumerate(rows):
        out[index, : len(row)] = row
    return torch.from_numpy(out)


class PairBatches:
    """`batch(step)` → (source [row, pos], decoder input [row, pos], targets [row, pos], −100 where padded).

    A pool of `pool` times `rows` pairs, drawn by `shares` of the languages, is sorted by length; one slice is the batch.
    `blank` of the decoder's inputs are PAD, whose embedding is zero: what stands there must come from the source.
    """

    def __init__(self, tokenizer: PairTokenizer, pairs: Sequence[Sequence[Pair]], shares: Sequence[float], seed: int,
                 rows: int = 128, pool: int = 8, longest: int = 60, blank: float = 0.0) -> None:
        self.seed, self.rows, self.pool, self.shares, self.blank = seed, rows, pool, np.array(shares), blank
        self.encoded = []
        for group in pairs:
            both = [(source_ids(tokenizer, pair.english, pair.language), [*tokenizer.encode(pair.other), END]) for pair in group]
            self.encoded.append([(source, target) for source, target in both if max(len(source), len(target)) <= longest])

    def batch(self, step: int) -> tuple[Tensor, Tensor, Tensor]:
        rng = np.random.default_rng((self.seed, step))
        groups = rng.choice(len(self.encoded), size=self.rows * self.pool, p=self.shares)
        drawn = [self.encoded[group][int(rng.integers(len(self.encoded[group])))] for group in groups]
        drawn.sort(key=lambda pair: (len(pair[1]), len(pair[0])))
        start = int(rng.integers(self.pool)) * self.rows
        sources, targets = zip(*drawn[start : start + self.rows])
        wanted = pad(targets)
        inputs = pad([[PAD, *target[:-1]] for target in targets])
        inputs[torch.from_numpy(rng.random(tuple(inputs.shape)) < self.blank)] = PAD
        lengths = torch.tensor([len(target) for target in targets])
        wanted[torch.arange(wanted.shape[1])[None] >= lengths[:, None]] = -100
        return pad(sources), inputs, wanted


@torch.no_grad()
def translate(model: torch.nn.Module, tokenizer: PairTokenizer, english: Sequence[str], language: str, longest: int = 60) -> list[str]:
    """Greedy translations."""
    out: list[str] = [""] * len(english)
    order = sorted(range(len(english)), key=lambda index: len(english[index]))
    for begin in range(0, len(order), 64):
        part = order[begin : begin + 64]
        source, mask = model.encode(pad([source_ids(tokenizer, english[index], language) for index in part]))
        ids = torch.full((len(part), 1), PAD)
        ended = torch.zeros(len(part), dtype=torch.bool)
        for _ in range(longest):
            best = model.words(model.decode(ids, source, mask)[:, -1]).argmax(-1)
            ids = torch.cat([ids, torch.where(ended, PAD, best)[:, None]], 1)
            ended |= best == END
            if ended.all():
                break
        for index, row in zip(part, ids.tolist()):
            out[index] = tokenizer.decode(row)
    return out
