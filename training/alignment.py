"""Alignment by cross-attention: at the step that emits a word, which source word has most of a head's attention?

Judged on training/alignment_pairs.tsv, 200 frequent word pairs written before training, in held-out sentence pairs that
hold each of the two words once, the target given. The step that emits a word is the one whose output is its first token.
Largest is meant among the source's words: the language token and the end, where many heads rest, are left out; how often
the largest is right with them in is said beside it. The best head is chosen on the pairs that it is then scored on, so
half of the pairs choose a head for the other half too.
"""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from training.intervals import share
from training.models.pegasus import PAD, Pegasus
from training.pair_tokenizer import PairTokenizer
from training.pairs import Pair, pad, source_ids

PAIRS = Path(__file__).with_name("alignment_pairs.tsv")


@dataclass(frozen=True)
class Case:
    """source and target ids; `step`: the decoder position whose output is the word; `right`: source places of the word."""

    pair: int
    source: list[int]
    target: list[int]
    step: int
    right: list[int]


def spans(tokenizer: PairTokenizer, ids: Sequence[int]) -> list[tuple[int, int]]:
    """(start, end) of each token in the text, its leading space left out."""
    out, place = [], 0
    for index in ids:
        token = tokenizer.tokens[index]
        out.append((place + token.startswith("▁"), place + len(token)))
        place += len(token)
    return out


def find_cases(tokenizer: PairTokenizer, valid: dict[str, list[Pair]], most: int = 8) -> list[Case]:
    """At most `most` cases for each of the word pairs."""
    cases = []
    for number, line in enumerate(PAIRS.read_text(encoding="utf-8").splitlines()):
        language, word, translation = line.split("\t")
        boundary = "" if language == "zh" else r"\b"
        source_pattern = re.compile(rf"(?<![\w']){re.escape(word)}\b", 0 if word == "I" else re.IGNORECASE)
        target_pattern = re.compile(rf"{boundary}{re.escape(translation)}{boundary}", re.IGNORECASE)
        found = 0
        for pair in valid[language]:
            there, here = list(source_pattern.finditer(pair.english)), list(target_pattern.finditer(pair.other))
            if len(there) != 1 or len(here) != 1 or found == most:
                continue
            source, target = source_ids(tokenizer, pair.english, language), tokenizer.encode(pair.other)
            inside = [place + 1 for place, (start, end) in enumerate(spans(tokenizer, source[1:-1]))
                      if start < there[0].end() and end > there[0].start()]
            steps = [place for place, (start, end) in enumerate(spans(tokenizer, target)) if end > here[0].start()]
            cases.append(Case(number, source, target, steps[0], inside))
            found += 1
    return cases


@torch.no_grad()
def judge(model: Pegasus, tokenizer: PairTokenizer, valid: dict[str, list[Pair]]) -> dict[str, Any]:
    """Per head [layer][head] the share of word pairs that it aligns (in most of their sentences) and of all cases."""
    cases = find_cases(tokenizer, valid)
    hits, hits_with_all = [], []
    for begin in range(0, len(cases), 50):
        part = cases[begin : begin + 50]
        patterns: list[torch.Tensor] = []
        source, mask = model.encode(pad([case.source for case in part]))
        model.decode(pad([[PAD, *case.target] for case in part]), source, mask, patterns)
        seen = torch.cat([pattern[torch.arange(len(part)), :, [case.step for case in part]] for pattern in patterns], 1)
        for row, case in zip(seen.numpy(), part):
            words = row[:, 1 : len(case.source) - 1]  # not the language token, not the end
            hits.append(np.isin(words.argmax(-1) + 1, case.right))  # [layer·head]
            hits_with_all.append(np.isin(row[:, : len(case.source)].argmax(-1), case.right))
    right, right_with_all = np.stack(hits), np.stack(hits_with_all)
    pairs = np.array([case.pair for case in cases])
    by_pair = np.stack([right[pairs == pair].mean(0) for pair in np.unique(pairs)])  # [pair, layer·head]
    aligned = (by_pair >= 0.5).mean(0)
    best, heads = int(aligned.argmax()), model.config.heads
    lines = PAIRS.read_text(encoding="utf-8").splitlines()
    present = np.unique(pairs).tolist()
    choosing = np.array([pair % 2 == 0 for pair in present])
    chosen = int((by_pair[choosing] >= 0.5).mean(0).argmax())
    with_all = np.array([right_with_all[pairs == pair, best].mean() >= 0.5 for pair in present])
    language = {name: [row for row, pair in enumerate(present) if lines[pair].startswith(name)] for name in valid}
    return {
        "pairs_written": len(lines), "pairs_found": len(present), "cases": len(cases),
        "best_head": {"layer": best // heads, "head": best % heads,
                      "pairs_aligned": share(int((by_pair[:, best] >= 0.5).sum()), len(present)),
                      "of_all_written": round(int((by_pair[:, best] >= 0.5).sum()) / len(lines), 4),
                      "cases_right": share(int(right[:, best].sum()), len(cases)),
                      "by_language": {name: share(int((by_pair[rows, best] >= 0.5).sum()), len(rows)) for name, rows in language.items()}},
        "best_head_with_language_and_end": share(int(with_all.sum()), len(present)),
        "chosen_on_every_other_pair": {"layer": chosen // heads, "head": chosen % heads, "chosen_on": int(choosing.sum()),
                                       "pairs_aligned": share(int((by_pair[~choosing, chosen] >= 0.5).sum()), int((~choosing).sum()))},
        "heads": [[{"pairs_aligned": round(float(aligned[layer * heads + head]), 4),
                    "cases_right": round(float(right[:, layer * heads + head].mean()), 4)} for head in range(heads)]
                  for layer in range(model.config.layers)],
        "missed": [lines[pair] for pair, row in zip(present, by_pair) if row[best] < 0.5],
    }
