"""Beam search for the translator, many sentences at once: the app's way of choosing (src/engine/decode/beam.ts)."""
from __future__ import annotations

from collections.abc import Sequence

import torch

from training.models.pegasus import Pegasus
from training.pair_tokenizer import END, PAD, PairTokenizer
from training.pairs import pad, source_ids


@torch.no_grad()
def translate_by_beams(model: Pegasus, tokenizer: PairTokenizer, english: Sequence[str], language: str, beams: int,
                       penalty: float = 1.0, longest: int = 60, rows: int = 24) -> list[str]:
    """The best finished text of each sentence by Σ log-probability / length^penalty, the end counted.

    At each step the 2·beams best continuations are ranked: those that end count if they are among the first `beams`, the first
    `beams` others are followed. A sentence is done when `beams` of its texts have ended.
    """
    out = [""] * len(english)
    order = sorted(range(len(english)), key=lambda index: len(english[index]))
    for begin in range(0, len(order), rows):
        part = order[begin : begin + rows]
        for index, ids in zip(part, _search(model, [source_ids(tokenizer, english[index], language) for index in part], beams, penalty, longest)):
            out[index] = tokenizer.decode(ids)
    return out


def _search(model: Pegasus, sources: list[list[int]], beams: int, penalty: float, longest: int) -> list[list[int]]:
    source, mask = model.encode(pad(sources))
    count = len(sources)
    finished: list[list[tuple[float, list[int]]]] = [[] for _ in range(count)]
    alive = list(range(count))  # sentences that are not done
    ids = torch.full((count, 1, 1), PAD)  # [alive, beam, pos]
    totals = torch.zeros(count, 1)
    for depth in range(1, longest + 1):
        width = ids.shape[1]
        rows = torch.tensor(alive).repeat_interleave(width)
        logits = model.words(model.decode(ids.flatten(0, 1), source[rows], mask[rows])[:, -1])
        scores = totals[..., None] + logits.log_softmax(-1).view(len(alive), width, -1)
        best, place = scores.flatten(1).topk(2 * beams)
        parents, tokens = place // scores.shape[-1], place % scores.shape[-1]
        kept_ids, kept_totals, kept = [], [], []
        for row, sentence in enumerate(alive):
            following = []
            for rank, (total, parent, token) in enumerate(zip(best[row].tolist(), parents[row].tolist(), tokens[row].tolist())):
                if token == END and rank < beams or depth == longest and len(following) < beams:
                    finished[sentence].append((total / depth**penalty, ids[row, parent].tolist()))
                if token != END and len(following) < beams:
                    following.append((total, [*ids[row, parent].tolist(), token]))
            if len(finished[sentence]) < beams:
                kept.append(sentence)
                kept_ids.append([text for _, text in following])
                kept_totals.append([total for total, _ in following])
        if not kept:
            break
        alive, ids, totals = kept, torch.tensor(kept_ids), torch.tensor(kept_totals)
    return [max(texts)[1] for texts in finished]
