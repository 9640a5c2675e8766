"""Language-model batches: windows of a token stream, with a disclosed share of repeated segments."""
from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from training.bpe import Tokenizer


@dataclass(frozen=True)
class Stream:
    """Documents one after another, each after an end-of-text token: ids [n], starts = where paragraphs begin."""

    ids: np.ndarray
    starts: np.ndarray


def encode_stream(tokenizer: Tokenizer, documents: Sequence[str], seed: int, cache: Path | None = None) -> Stream:
    """Shuffles and encodes documents; with `cache` (a folder) the second call reads what the first one wrote."""
    fingerprint = hashlib.blake2b(digest_size=8)
    fingerprint.update(repr((tokenizer.merges, seed)).encode())
    for document in documents:
        fingerprint.update(document.encode())
    path = cache / f"stream-{fingerprint.hexdigest()}.npz" if cache else None
    if path and path.exists():
        with np.load(path) as stored:
            return Stream(stored["ids"], stored["starts"])
    ids: list[int] = []
    starts: list[int] = []
    for index in np.random.default_rng(seed).permutation(len(documents)):
        ids.append(tokenizer.end_of_text)
        for number, paragraph in enumerate(documents[index].split("\n")):
            if number:
                ids.extend(tokenizer.encode("\n"))
            starts.append(len(ids))
            ids.extend(tokenizer.encode(paragraph))
    ids.append(tokenizer.end_of_text)
    stream = Stream(np.array(ids, dtype=np.int32), np.array(starts, dtype=np.int64))
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez(path, ids=stream.ids, starts=stream.starts)
    return stream


class LanguageBatches:
    """`batch(step)` → (ids, targets), both [size, pos], the same for the same (seed, step): resumable without state.

    streams: what to read; shares: how often each one is read. Half of the windows begin where a paragraph
    begins, since that is how people's text begins. `repeated` of the rows are a segment said again and again, half
    of them after some text; of the segment only what can be foretold, from the second time on, is judged. `early` = (steps, share) gives the
    first steps another share of them.
    """

    def __init__(self, streams: Sequence[Stream], shares: Sequence[float], size: int, pos: int, vocabulary: int,
                 seed: int, repeated: float = 0.0, early: tuple[int, float] = (0, 0.0), device: str = "cpu") -> None:
        self.streams = list(streams)
        self.shares = np.array(shares, dtype=float) / sum(shares)
        self.size, self.pos, self.vocabulary, self.seed = size, pos, vocabulary, seed
        self.repeated, self.early, self.device = repeated, early, device

    def window(self, rng: np.random.Generator, length: int) -> np.ndarray:
        """`length` consecutive tokens of a stream drawn by share."""
        stream = self.streams[rng.choice(len(self.streams), p=self.shares)]
        last = len(stream.ids) - length
        start = rng.integers(last + 1)
        if rng.random() < 0.5:
            start = min(int(stream.starts[rng.integers(len(stream.starts))]), last)
        return stream.ids[start : start + length]

    def segment(self, rng: np.random.Generator, size: int) -> np.ndarray:
        """What a repeated row repeats: text (a fifth), tokens as frequent as in text but in no order (two), or any."""
        kind = rng.integers(5)
        if kind < 1:
            return self.window(rng, size)
        if kind < 3:
            ids = self.streams[rng.choice(len(self.streams), p=self.shares)].ids
            return ids[rng.integers(len(ids), size=size)]
        return rng.integers(1, self.vocabulary, size)

    def row(self, rng: np.random.Generator, repeated: float) -> tuple[np.ndarray, np.ndarray]:
        """One row and its targets, each [pos]."""
        length = self.pos + 1
        if rng.random() >= repeated:
            window = self.window(rng, length)
            return window[:-1], window[1:]
        size = int(np.exp(rng.uniform(np.log(4), np.log(self.pos // 2))))
        before = int(rng.integers(self.pos - 2 * size + 1)) if rng.random() < 0.5 else 0
        segment = self.segment(rng, size)
        window = np.concatenate([self.window(rng, before), np.tile(segment, (length - before) // size + 1)])[:length]
        targets = window[1:].astype(np.int64)
        targets[max(0, before - 1) : before + size] = -100  # the first time, and the jump back to its beginning
        return window[:-1], targets

    def batch(self, step: int) -> tuple[Tensor, Tensor]:
        rng = np.random.default_rng((self.seed, step))
        repeated = self.early[1] if step < self.early[0] else self.repeated
        rows = [self.row(rng, repeated) for _ in range(self.size)]
        ids, targets = (torch.from_numpy(np.stack(part).astype(np.int64)) for part in zip(*rows))
        return ids.to(self.device), targets.to(self.device)
