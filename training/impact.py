"""Trees by perturbed masking against treebanks: Wu et al. 2020, sections 2.2 and 4.2.

The impact of word j on word i is the distance between the states of i, masked, with j seen and with j masked too; a word
is masked with all its pieces, its state is their mean (equation 58 of docs/maths.md). The arborescence of the greatest total
impact is read without directions and without punctuation: the share of its edges that are in the treebank's tree.
The baseline joins neighbours.
"""
from __future__ import annotations

from typing import Any

import numpy as np
import torch

from training.intervals import share
from training.models.bert import PreTraining
from training.relations import Sentence
from training.wordpiece import CLS, MASK, SEP, WordPiece

LONGEST = 25
"""In words: the passes of a sentence grow with the square of its words."""


def pieces_of(tokenizer: WordPiece, sentence: Sentence) -> tuple[list[int], list[list[int]]] | None:
    """Ids with [CLS] and [SEP], and the positions of each word; None where a word has no token of its own."""
    pieces = tokenizer.encode_with_words(sentence.text)
    words: list[list[int]] = [[] for _ in sentence.words]
    word = 0
    for place, (_, start, _) in enumerate(pieces):
        while start >= sentence.words[word][1]:
            word += 1
        words[word].append(place + 1)
    return None if not all(words) else ([CLS, *(index for index, _, _ in pieces), SEP], words)


@torch.no_grad()
def impacts(model: PreTraining, ids: list[int], words: list[list[int]]) -> np.ndarray:
    """[word i, word j], zero on the diagonal."""
    count = len(words)
    pairs = [(i, j) for i in range(count) for j in range(i, count)]
    rows = torch.tensor(ids).repeat(len(pairs), 1)
    for row, (i, j) in enumerate(pairs):
        rows[row, words[i] + words[j]] = MASK
    states = torch.cat([model.bert(part) for part in rows.split(64)]).numpy()  # [pair, pos, d_model]
    state = {}
    for row, (i, j) in enumerate(pairs):
        state[i, j] = states[row, words[i]].mean(0)
        state[j, i] = states[row, words[j]].mean(0)
    return np.array([[np.linalg.norm(state[i, i] - state[i, j]) for j in range(count)] for i in range(count)])


def arborescence(weights: np.ndarray, root: int) -> dict[int, int]:
    """Chu–Liu–Edmonds. weights [to, from], −inf where there is no arc → the node that each node but the root hangs on."""
    count = len(weights)
    best = {to: int(weights[to].argmax()) for to in range(count) if to != root and np.isfinite(weights[to]).any()}
    for start in best:
        path: list[int] = []
        node = start
        while node in best and node not in path:
            path.append(node)
            node = best[node]
        if node in path:
            break
    else:
        return best
    cycle = path[path.index(node):]
    hub = cycle[0]
    reduced = weights.copy()
    reduced[cycle, :], reduced[:, cycle] = -np.inf, -np.inf
    others = [each for each in range(count) if each not in cycle]
    entered, left = {}, {}
    for each in others:
        gains = [weights[to, each] - weights[to, best[to]] for to in cycle]
        entered[each] = cycle[int(np.argmax(gains))]
        reduced[hub, each] = max(gains)
        left[each] = cycle[int(weights[each, cycle].argmax())]
        reduced[each, hub] = weights[each, cycle].max()
    heads = arborescence(reduced, root)
    out = {to: left[to] if head == hub else head for to, head in heads.items() if to != hub}
    entry = entered[heads[hub]]
    return {**{to: best[to] for to in cycle if to != entry}, **out, entry: heads[hub]}


def tree(impact: np.ndarray) -> set[tuple[int, int]]:
    """The undirected edges of the arborescence of the greatest total impact, any one word its root."""
    count = len(impact)
    weights = np.full((count + 1, count + 1), -np.inf)
    weights[:count, :count] = impact
    np.fill_diagonal(weights, -np.inf)
    weights[:count, count] = -impact.sum() - 1  # Dear, so that one word alone hangs on the root.
    return {(min(to, head), max(to, head)) for to, head in arborescence(weights, count).items() if head != count}


def judge(model: PreTraining, tokenizer: WordPiece, sentences: list[Sentence], count: int) -> dict[str, Any]:
    """Edges found of the first sentences of 4 to LONGEST words, and what neighbours alone would find."""
    used = found = near = total = 0
    for sentence in sentences:
        split = pieces_of(tokenizer, sentence) if 4 <= len(sentence.words) <= LONGEST else None
        if split is None:
            continue
        edges = tree(impacts(model, *split))
        gold = {(min(word, head), max(word, head)) for word, (head, relation) in enumerate(zip(sentence.heads, sentence.relations))
                if head >= 0 and relation != "punct"}
        used, found, near, total = used + 1, found + len(gold & edges), near + sum(b - a == 1 for a, b in gold), total + len(gold)
        if used == count:
            break
    return {"sentences": used, "edges": share(found, total), "neighbours": share(near, total)}
