"""Batches of the masked model: passages in two segments, single sentences, and resolve sentences.

Each step holds one batch of each kind, all made from (seed, step) alone, so that a run resumes without state.
"""
from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from training import grammar, grammar_zh
from training.grammar import Example
from training.wordpiece import CLS, MASK, PAD, SEP, WordPiece

IGNORED = -100
CHINESE_SHARE = 0.2
"""Share of the resolve sentences that are Chinese."""
PRONOUNS = ("he", "she", "it", "they", "他", "她", "它")


@dataclass(frozen=True)
class Part:
    """ids, types and targets [row, pos] (targets −100 where not judged).

    follows [row]: the answer of the next-sentence head; pronouns [row]: the places of resolve sentences' pronouns.
    """

    ids: Tensor
    types: Tensor
    targets: Tensor
    follows: Tensor | None = None
    pronouns: Tensor | None = None


def sentences_of(document: str) -> list[str]:
    """The sentences of a document, cut after . ! ? and closing quotes."""
    return [part for paragraph in document.split("\n") for part in re.split(r"(?<=[.!?])[\"')]*\s+(?=[\"'(]?[A-Z])", paragraph) if part]


def encode_documents(tokenizer: WordPiece, documents: Sequence[str], cache: Path) -> list[list[np.ndarray]]:
    """Documents as lists of encoded sentences; the second call reads what the first one wrote."""
    fingerprint = hashlib.blake2b("\0".join([*tokenizer.pieces, *documents]).encode(), digest_size=8).hexdigest()
    path = cache / f"sentences-{fingerprint}.npz"
    if not path.exists():
        encoded = [[tokenizer.encode(sentence) for sentence in sentences_of(document)] for document in documents]
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez(path, ids=np.array([i for d in encoded for s in d for i in s], dtype=np.int16),
                 lengths=np.array([len(s) for d in encoded for s in d], dtype=np.int32),
                 counts=np.array([len(d) for d in encoded], dtype=np.int32))
    with np.load(path) as stored:
        sentences = np.split(stored["ids"], np.cumsum(stored["lengths"])[:-1])
        ends = np.cumsum(stored["counts"])
        return [sentences[end - count : end] for end, count in zip(ends, stored["counts"])]


def stack(rows: Sequence[Sequence[int]], fill: int, width: int) -> Tensor:
    """Rows of ids, padded on the right with `fill` to [row, width]."""
    out = np.full((len(rows), width), fill, dtype=np.int64)
    for index, row in enumerate(rows):
        out[index, : len(row)] = row
    return torch.from_numpy(out)


def resolve_row(tokenizer: WordPiece, example: Example) -> tuple[list[int], int, int, tuple[int, int]]:
    """(ids, place of the pronoun, id of the antecedent, places of the antecedent and of the other noun)."""
    pieces = [(CLS, -1, -1), *tokenizer.encode_with_words(example.text), (SEP, -1, -1)]
    ids = [index for index, _, _ in pieces]
    starts = {start: place for place, (_, start, _) in reversed(list(enumerate(pieces)))}
    antecedent, other = (starts[span[0]] for span in (example.antecedent, example.other))
    return ids, starts[example.pronoun[0]], ids[antecedent], (antecedent, other)


class MaskedBatches:
    """`batch(step)` → the parts of a step.

    masked: the share of judged tokens; sizes: rows of (passages at 96 tokens, sentences, resolve).
    """

    def __init__(self, tokenizer: WordPiece, documents: Sequence[Sequence[np.ndarray]], sentences: Sequence[Sequence[np.ndarray]],
                 seed: int, masked: float = 0.15, sizes: tuple[int, int, int] = (8, 40, 48)) -> None:
        self.tokenizer = tokenizer
        self.documents = [document for document in documents if len(document) > 1]
        weights = np.array([len(document) for document in self.documents], dtype=float)
        self.cumulative = np.cumsum(weights / weights.sum())
        self.sentences = sentences
        self.seed, self.masked, self.sizes = seed, masked, sizes
        self.never_kept = np.array([tokenizer.vocabulary[word] for word in PRONOUNS if word in tokenizer.vocabulary])

    def mask(self, ids: Tensor, rng: np.random.Generator) -> tuple[Tensor, Tensor]:
        """A share of the tokens is judged: 80 % of them become [MASK], 10 % another token, 10 % stay (never a pronoun)."""
        before = ids.numpy()
        draw, kind = rng.random(before.shape), rng.random(before.shape)
        judged = (draw < self.masked) & (before > MASK)
        targets = np.where(judged, before, IGNORED)
        hidden = judged & ((kind < 0.8) | np.isin(before, self.never_kept))
        after = np.where(hidden, MASK, before)
        swapped = judged & ~hidden & (kind < 0.9)
        after = np.where(swapped, rng.integers(MASK + 1, len(self.tokenizer), before.shape), after)
        return torch.from_numpy(after), torch.from_numpy(targets)

    def document(self, rng: np.random.Generator) -> Sequence[np.ndarray]:
        return self.documents[int(np.searchsorted(self.cumulative, rng.random()))]

    def passage(self, rng: np.random.Generator, width: int) -> tuple[list[int], list[int], int]:
        """One row [CLS] A [SEP] B [SEP] of at most `width` tokens, its types, and 0 (B follows A) or 1 (random)."""
        document = self.document(rng)
        first = int(rng.integers(len(document) - 1))
        half = int(rng.integers(8, width - 11))
        a: list[int] = []
        while first < len(document) - 1 and (not a or len(a) + len(document[first]) <= half):
            a.extend(document[first].tolist())
            first += 1
        follows = rng.random() < 0.5
        if not follows:
            document = self.document(rng)
            first = int(rng.integers(len(document)))
        a = a[-min(len(a), half) :]
        b: list[int] = []
        while first < len(document) and len(a) + len(b) + 3 < width:
            b.extend(document[first].tolist())
            first += 1
        b = b[: width - 3 - len(a)]
        return [CLS, *a, SEP, *b, SEP], [0] * (len(a) + 2) + [1] * (len(b) + 1), 0 if follows else 1

    def passages(self, rng: np.random.Generator) -> Part:
        width = int(rng.choice((48, 64, 96, 128), p=(0.3, 0.3, 0.3, 0.1)))
        rows = [self.passage(rng, width) for _ in range(max(4, self.sizes[0] * 96 // width))]
        ids, targets = self.mask(stack([row[0] for row in rows], PAD, width), rng)
        return Part(ids, stack([row[1] for row in rows], 0, width), targets, torch.tensor([row[2] for row in rows]))

    def single(self, rng: np.random.Generator) -> Part:
        """English and Chinese sentences, one to a row, at most 30 tokens."""
        rows = [[CLS, *self.sentences[int(rng.integers(len(self.sentences)))][0].tolist()[:30], SEP] for _ in range(self.sizes[1])]
        ids, targets = self.mask(stack(rows, PAD, max(map(len, rows))), rng)
        return Part(ids, torch.zeros_like(ids), targets)

    def resolve(self, seed: int, generator: np.random.Generator) -> Part:
        """At the pronoun the target is the antecedent; words other than the pronoun and the two nouns may be masked."""
        rng = random.Random(seed)
        rows = [resolve_row(self.tokenizer, (grammar_zh if rng.random() < CHINESE_SHARE else grammar).train_example(rng))
                for _ in range(self.sizes[2])]
        whole = stack([row[0] for row in rows], PAD, max(len(row[0]) for row in rows))
        ids, targets = self.mask(whole, generator)
        for index, (_, pronoun, antecedent, nouns) in enumerate(rows):
            for place in (pronoun, *nouns):
                ids[index, place], targets[index, place] = whole[index, place], IGNORED
            targets[index, pronoun] = antecedent
        return Part(ids, torch.zeros_like(ids), targets, pronouns=torch.tensor([row[1] for row in rows]))

    def batch(self, step: int) -> list[Part]:
        rng = np.random.default_rng((self.seed, step))
        return [self.passages(rng), self.single(rng), self.resolve(self.seed * 1_000_003 + step, rng)]
