"""Many passage pairs and resolve sentences, made ahead by several processes, for training.refine_masked."""
from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import Pool

import numpy as np
import torch
from torch import Tensor

from training import grammar, grammar_zh
from training.masked_batches import CHINESE_SHARE, PRONOUNS, resolve_row
from training.wordpiece import CLS, MASK, SEP, WordPiece

WIDTHS = {48: 0.3, 64: 0.3, 96: 0.3, 128: 0.1}
"""Width of a pair in tokens: its share."""
SHORT = 0.35
"""Share of the pairs narrower than 96 whose segments are a sentence or two each, as people type them."""
LONGEST = 56
"""Of a resolve sentence, in tokens."""
CHUNKS = 500
_documents: list[Sequence[np.ndarray]] = []
_cumulative = np.zeros(0)
_tokenizer: list[WordPiece] = []


@dataclass(frozen=True)
class Pairs:
    """rows [row, width], ends [row]: where the first segment ends, follows [row]: 0 where the second follows, 1 where it does not."""

    rows: Tensor
    ends: Tensor
    follows: Tensor


@dataclass(frozen=True)
class Resolve:
    """rows [row, LONGEST] and, of each, the pronoun's place, the antecedent's id and the places of both nouns."""

    rows: Tensor
    pronouns: Tensor
    antecedents: Tensor
    nouns: Tensor


def _draw(rng: np.random.Generator) -> int:
    return min(int(np.searchsorted(_cumulative, rng.random())), len(_documents) - 1)


def _segment(document: Sequence[np.ndarray], first: int, room: int, most: int) -> tuple[list[int], int]:
    """Sentences from `first` on until `room` tokens or `most` sentences are there; where the next one begins."""
    ids: list[int] = []
    start = first
    while first < len(document) and len(ids) < room and first - start < most:
        ids.extend(document[first].tolist())
        first += 1
    return ids, first


def pair(rng: np.random.Generator, width: int, follows: bool) -> tuple[list[int], int]:
    """[CLS] A [SEP] B [SEP] of at most `width` tokens, and where A ends. B follows A, or begins anywhere in another document."""
    short = width < 96 and rng.random() < SHORT
    at = _draw(rng)
    document = _documents[at]
    first = int(rng.integers(len(document) - 1))
    half = int(rng.integers(8, width - 11))
    most = (1 if rng.random() < 0.6 else 2) if short else len(document)
    a: list[int] = []
    start = first
    while first < len(document) - 1 and (not a or len(a) + len(document[first]) <= half) and first - start < most:
        a.extend(document[first].tolist())
        first += 1
    if not follows:
        other = at
        while other == at:
            other = _draw(rng)
        document = _documents[other]
        first = int(rng.integers(len(document)))
    a = a[-min(len(a), half) :]
    b, _ = _segment(document, first, width - 3 - len(a), (1 if rng.random() < 0.7 else len(document)) if short else len(document))
    return [CLS, *a, SEP, *b[: width - 3 - len(a)], SEP], len(a) + 2


def _pairs_chunk(width: int, count: int, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    rows, ends = np.zeros((count, width), np.int16), np.zeros(count, np.int16)
    follows = (rng.random(count) < 0.5).astype(np.int8)
    for index in range(count):
        ids, ends[index] = pair(rng, width, not follows[index])
        rows[index, : len(ids)] = ids
    return rows, ends, follows


def _resolve_chunk(count: int, seed: int) -> tuple[np.ndarray, ...]:
    rng = random.Random(seed)
    rows, found = np.zeros((count, LONGEST), np.int16), []
    while len(found) < count:
        ids, *facts = resolve_row(_tokenizer[0], (grammar_zh if rng.random() < CHINESE_SHARE else grammar).train_example(rng))
        if len(ids) <= LONGEST:
            rows[len(found), : len(ids)] = ids
            found.append(facts)
    pronouns, antecedents, nouns = zip(*found)
    return rows, np.array(pronouns, np.int16), np.array(antecedents, np.int16), np.array(nouns, np.int16)


def _joined(chunks: list[tuple[np.ndarray, ...]]) -> list[Tensor]:
    return [torch.from_numpy(np.concatenate(part)) for part in zip(*chunks)]


def make(documents: Sequence[Sequence[np.ndarray]], tokenizer: WordPiece, pairs: int, resolve: int, seed: int,
         processes: int) -> tuple[dict[int, Pairs], Resolve]:
    """About `pairs` pairs by width, half of them consecutive, and `resolve` resolve sentences."""
    global _documents, _cumulative
    _documents, _tokenizer[:] = list(documents), [tokenizer]
    weights = np.array([len(document) for document in documents], dtype=float)
    _cumulative = np.cumsum(weights / weights.sum())
    with Pool(processes) as pool:
        made = {width: pool.starmap(_pairs_chunk, [(width, int(pairs * share) // CHUNKS, (seed * 1000 + width) * CHUNKS + k) for k in range(CHUNKS)], 4)
                for width, share in WIDTHS.items()}
        sentences = pool.starmap(_resolve_chunk, [(resolve // CHUNKS, seed * 7_000_003 + k) for k in range(CHUNKS)], 2)
    return {width: Pairs(*_joined(chunks)) for width, chunks in made.items()}, Resolve(*_joined(sentences))


class Masker:
    """BERT's masks, made where the rows are: of the judged 80 % [MASK], 10 % another token, 10 % left (never a pronoun)."""

    def __init__(self, tokenizer: WordPiece, device: torch.device, seed: int) -> None:
        self.size = len(tokenizer)
        self.pronouns = torch.tensor([tokenizer.vocabulary[word] for word in PRONOUNS if word in tokenizer.vocabulary], device=device)
        self.generator = torch.Generator(device).manual_seed(seed)

    def pick(self, high: int, count: int) -> Tensor:
        return torch.randint(high, (count,), generator=self.generator, device=self.pronouns.device)

    def mask(self, ids: Tensor, share: Tensor | float) -> tuple[Tensor, Tensor]:
        """ids [row, pos] → (ids with masks, targets, −100 where not judged)."""
        draw, kind = (torch.rand(ids.shape, generator=self.generator, device=ids.device) for _ in range(2))
        judged = (draw < share) & (ids > MASK)
        hidden = judged & ((kind < 0.8) | torch.isin(ids, self.pronouns))
        other = torch.randint(MASK + 1, self.size, ids.shape, generator=self.generator, device=ids.device)
        after = torch.where(judged & ~hidden & (kind < 0.9), other, torch.where(hidden, MASK, ids))
        return after, torch.where(judged, ids, -100)
