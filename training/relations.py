"""Which head finds a word's syntactic head: the method of Clark et al. 2019, section 4.

Attention between words: to a word the sum over its tokens, from a word the mean. A head is right about a dependent
when the word (other than itself) that it attends to most is its syntactic head; the other direction is counted too.
The baseline is the fixed offset that is right most often. Heads, directions and offsets are chosen on every other
sentence and scored on the rest.
"""
from __future__ import annotations

import gzip
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from training.intervals import share
from training.models.bert import PreTraining
from training.wordpiece import CLS, SEP, WordPiece

LEAST = 50
"""A relation is reported when it occurs so often among the scored sentences."""


@dataclass(frozen=True)
class Sentence:
    """words [n] as character spans of text; heads [n] (index of the head word, −1 for the root); relations [n]."""

    text: str
    words: list[tuple[int, int]]
    heads: list[int]
    relations: list[str]


def read_conllu(path: Path) -> list[Sentence]:
    """Sentences of a treebank; multi-word tokens are kept as their parts, and empty nodes left out."""
    out = []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        blocks = file.read().strip().split("\n\n")
    for block in blocks:
        text, words, heads, relations = "", [], [], []
        for line in block.splitlines():
            fields = line.split("\t")
            if line.startswith("#") or not fields[0].isdigit():
                continue
            words.append((len(text), len(text) + len(fields[1])))
            text += fields[1] + ("" if "SpaceAfter=No" in fields[9] else " ")
            heads.append(int(fields[6]) - 1)
            relations.append(fields[7].split(":")[0])
        out.append(Sentence(text, words, heads, relations))
    return out


@torch.no_grad()
def word_attention(model: PreTraining, tokenizer: WordPiece, sentence: Sentence, longest: int = 128) -> np.ndarray | None:
    """[layer·head, word, word], or None where the sentence is too long or a word has no token of its own."""
    pieces = tokenizer.encode_with_words(sentence.text)
    if len(pieces) + 2 > longest or len(sentence.words) < 3:
        return None
    member = np.zeros((len(sentence.words), len(pieces) + 2), dtype=np.float32)
    word = 0
    for place, (_, start, _) in enumerate(pieces):
        while start >= sentence.words[word][1]:
            word += 1
        member[word, place + 1] = 1
    if not member.any(1).all():
        return None
    patterns: list[torch.Tensor] = []
    model.bert(torch.tensor([[CLS, *(index for index, _, _ in pieces), SEP]]), None, patterns)
    pattern = torch.cat([each[0] for each in patterns]).numpy()  # [layer·head, query_pos, key_pos]
    return (member / member.sum(1, keepdims=True)) @ pattern @ member.T


def judge(model: PreTraining, tokenizer: WordPiece, sentences: Sequence[Sentence]) -> dict[str, Any]:
    """Per relation: best head, direction, accuracy with interval; the best fixed offset and its accuracy."""
    hits: list[defaultdict[str, np.ndarray]] = [defaultdict(lambda: np.zeros((2, 0))) for _ in range(2)]
    totals: list[Counter[str]] = [Counter(), Counter()]
    offsets: list[defaultdict[str, Counter[int]]] = [defaultdict(Counter) for _ in range(2)]
    heads = model.config.num_attention_heads
    used = 0
    for number, sentence in enumerate(sentences):
        attention = word_attention(model, tokenizer, sentence)
        if attention is None:
            continue
        used += 1
        part = number % 2
        count = len(sentence.words)
        attention[:, np.arange(count), np.arange(count)] = -1
        best = attention.argmax(-1)  # [layer·head, word]
        for word, (head, relation) in enumerate(zip(sentence.heads, sentence.relations)):
            if head < 0 or relation == "punct":
                continue
            right = np.stack([best[:, word] == head, best[:, head] == word])  # [direction, layer·head]
            before = hits[part][relation]
            hits[part][relation] = right.astype(int) if before.shape[1] == 0 else before + right
            totals[part][relation] += 1
            offsets[part][relation][head - word] += 1
    relations = {}
    for relation, total in sorted(totals[1].items(), key=lambda item: -item[1]):
        if total < LEAST or not totals[0][relation]:
            continue
        direction, index = np.unravel_index(hits[0][relation].argmax(), hits[0][relation].shape)
        offset = offsets[0][relation].most_common(1)[0][0]
        relations[relation] = {
            "layer": int(index) // heads, "head": int(index) % heads,
            "direction": ("dependent to head", "head to dependent")[int(direction)],
            "accuracy": share(int(hits[1][relation][direction, index]), total),
            "fixed_offset": {"offset": offset, "accuracy": share(offsets[1][relation][offset], total)},
        }
    return {"sentences": used, "relations": relations}
