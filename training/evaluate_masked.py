"""Judges the shipped masked model: masked words, next sentence, resolve, heads, relations → evaluation.json.

    python3 -m training.evaluate_masked --data DIR --shown 2,4 [--model public/models/masked]
"""
from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from training import coreference_sets, export, grammar, grammar_zh, impact, loop, relations, shipped, train_masked
from training.grammar import Example
from training.head_scores import head_scores
from training.intervals import share
from training.masked_batches import MaskedBatches, Part, resolve_row, stack
from training.models.bert import PreTraining
from training.wordpiece import CLS, PAD, SEP, WordPiece

SHOWN = (
    ("The animal didn't cross the street because it was too tired.", "it", "animal", "street"),
    ("The animal didn't cross the street because it was too wide.", "it", "street", "animal"),
    ("The restaurant refused to serve me a ham sandwich because it only cooks vegetarian food. In the end, they just gave me "
     "two slices of bread. Their ambiance was just as good as the food and service.", "it", "restaurant", "sandwich"),
)


def shown_examples() -> list[Example]:
    """The sentences that lessons show, with the spans of pronoun, antecedent and other noun."""
    def span(text: str, word: str) -> tuple[int, int]:
        start = text.index(f" {word} ") + 1
        return start, start + len(word)

    return [Example(text, *(span(text, word) for word in words), "shown", (words[1], words[2])) for text, *words in SHOWN]


@torch.no_grad()
def masked_words(model: PreTraining, batches: MaskedBatches, count: int) -> dict[str, Any]:
    """Loss in nats and share of masked words that are the first, or among the first five, of the model's guesses."""
    out: dict[str, Any] = {}
    rng = np.random.default_rng(11)
    follows = [0, 0]
    for name, make in (("passages", batches.passages), ("sentences", batches.single)):
        loss, first, five, total = 0.0, 0, 0, 0
        for _ in range(count):
            part: Part = make(rng)
            judged = part.targets != -100
            x = model.bert(part.ids, part.types)
            logits, targets = model.words(x[judged]), part.targets[judged]
            loss += float(F.cross_entropy(logits, targets, reduction="sum"))
            found = logits.topk(5).indices == targets[:, None]
            first, five, total = first + int(found[:, 0].sum()), five + int(found.sum()), total + len(targets)
            if part.follows is not None:
                follows[0] += int((model.next_sentence(x).argmax(-1) == part.follows).sum())
                follows[1] += len(part.follows)
        out[name] = {"loss": round(loss / total, 4), "top_1": share(first, total), "top_5": share(five, total)}
    return {"masked_words": out, "next_sentence": share(*follows)}


@torch.no_grad()
def resolve(model: PreTraining, tokenizer: WordPiece, examples: list[Example]) -> tuple[np.ndarray, np.ndarray]:
    """right [example]: the antecedent's word is likelier than the other's; heads [example, layer·head]: its attention is larger."""
    right, heads = [], []
    for begin in range(0, len(examples), 50):
        rows = [resolve_row(tokenizer, example) for example in examples[begin : begin + 50]]
        ids = stack([row[0] for row in rows], PAD, max(len(row[0]) for row in rows))
        patterns: list[Tensor] = []
        x = model.bert(ids, None, patterns)
        at, pronoun = torch.arange(len(rows)), torch.tensor([row[1] for row in rows])
        nouns = torch.tensor([row[3] for row in rows])  # [row, antecedent | other]
        picked = model.words(x[at, pronoun]).gather(1, ids[at[:, None], nouns])
        right.append((picked[:, 0] > picked[:, 1]).numpy())
        seen = torch.cat([pattern[at, :, pronoun] for pattern in patterns], 1)  # [row, layer·head, key_pos]
        heads.append((seen[at, :, nouns[:, 0]] > seen[at, :, nouns[:, 1]]).numpy())
    return np.concatenate(right), np.concatenate(heads)


def resolve_report(model: PreTraining, tokenizer: WordPiece, count: int, shown: int | None = None) -> tuple[dict[str, Any], np.ndarray]:
    """Accuracy on held-out pairs and templates (English, Chinese), of the word and of two heads.

    best_head is the most accurate one on other held-out sentences; shown_head the one that lessons point at (layer·heads + head),
    or else the most accurate there among the heads that find both antecedents of the first two shown sentences (tired, wide).
    """
    heads_per_layer = model.config.num_attention_heads
    rng = random.Random(23)
    chosen_on = [grammar.judged_example(rng, by) for by in ("pairs", "templates") for _ in range(300)]
    by_head = resolve(model, tokenizer, chosen_on)[1].mean(0)
    both = resolve(model, tokenizer, shown_examples()[:2])[1].all(0)
    chosen = {"best_head": int(by_head.argmax()), "shown_head": int(np.where(both, by_head, -1).argmax()) if shown is None else shown}
    out: dict[str, Any] = {name: {"layer": head // heads_per_layer, "head": head % heads_per_layer, "chosen_on": len(chosen_on),
                                  "accuracy_there": round(float(by_head[head]), 4)} for name, head in chosen.items()}
    out["shown_head"]["finds_both_shown"] = bool(both[chosen["shown_head"]])
    for language, module in (("en", grammar), ("zh", grammar_zh)):
        for by in ("pairs", "templates"):
            examples = [module.judged_example(rng, by) for _ in range(count)]
            right, heads = resolve(model, tokenizer, examples)
            families: defaultdict[str, list[bool]] = defaultdict(list)
            for example, hit in zip(examples, right):
                families[example.family].append(bool(hit))
            out[f"{language}_held_out_{by}"] = {
                "accuracy": share(int(right.sum()), count),
                **{f"{name}_accuracy": share(int(heads[:, head].sum()), count) for name, head in chosen.items()},
                "by_family": {name: round(float(np.mean(hits)), 3) for name, hits in sorted(families.items())}}
    return out, by_head


def other_sets(model: PreTraining, tokenizer: WordPiece, folder: Path, best: int) -> dict[str, Any]:
    """Winograd schemas, Winogender and WinoBias, never trained on."""
    sets = {"wsc_en": coreference_sets.winograd(folder / "wsc.en.original.tsv"),
            "wsc_zh": coreference_sets.winograd(folder / "wsc.zh.original.tsv"),
            "winogender": coreference_sets.winogender(folder / "winogender"), "winobias": coreference_sets.winobias(folder / "winobias")}
    out: dict[str, Any] = {}
    for name, items in sets.items():
        examples = [Example(item.text, item.pronoun, item.right, item.wrong, item.group, ("", "")) for item in items]
        right, heads = resolve(model, tokenizer, examples)
        groups = sorted({item.group for item in items})
        out[name] = {"accuracy": share(int(right.sum()), len(items)), "best_head_accuracy": share(int(heads[:, best].sum()), len(items))}
        if len(groups) > 1:
            out[name]["by_group"] = {group: share(int(sum(hit for hit, item in zip(right, items) if item.group == group)),
                                                  sum(item.group == group for item in items)) for group in groups}
    return out


@torch.no_grad()
def shown(model: PreTraining, tokenizer: WordPiece, head: int) -> list[dict[str, Any]]:
    """For each shown sentence the words' probabilities at the pronoun and the shown head's weights on the two nouns."""
    out = []
    for example in shown_examples():
        ids, pronoun, _, places = resolve_row(tokenizer, example)
        patterns: list[Tensor] = []
        x = model.bert(torch.tensor([ids]), None, patterns)
        probabilities = model.words(x[0, pronoun]).softmax(-1)
        weights = torch.cat([pattern[0, :, pronoun] for pattern in patterns])[head]
        nouns = [tokenizer.pieces[ids[place]] for place in places]
        top = probabilities.topk(5)
        out.append({"text": example.text, "antecedent": nouns[0], "other": nouns[1],
                    "probability": {noun: round(float(probabilities[ids[place]]), 4) for noun, place in zip(nouns, places)},
                    "shown_head_weight": {noun: round(float(weights[place]), 4) for noun, place in zip(nouns, places)},
                    "top_5": {tokenizer.pieces[int(i)]: round(float(p), 4) for p, i in zip(*top)}})
    return out


@torch.no_grad()
def heads_of(model: PreTraining, batches: MaskedBatches, coreference: np.ndarray, seed: int) -> list[list[dict[str, float]]]:
    """Scores of every head, [layer][head]; separator: the share of attention that goes to [SEP]."""
    rng = np.random.default_rng(13)
    sentences = [np.concatenate(document)[:46] for document in batches.documents if sum(map(len, document)) >= 46]
    rows = torch.tensor(np.stack([[CLS, *sentences[int(rng.integers(len(sentences)))], SEP] for _ in range(256)]), dtype=torch.long)

    def patterns_of(ids: Tensor) -> list[Tensor]:
        patterns: list[Tensor] = []
        model.bert(ids, None, patterns)
        return patterns

    scores = head_scores(patterns_of, rows, (300, model.config.vocab_size), seed, count=256)
    separator = torch.stack([pattern[..., -1].mean((0, 2)) for pattern in patterns_of(rows)])  # [layer, head]
    width = model.config.num_attention_heads
    for layer, row in enumerate(scores):
        for head, values in enumerate(row):
            values["separator"] = round(float(separator[layer, head]), 4)
            values["coreference"] = round(float(coreference[layer * width + head]), 4)
    return scores


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=Path("public/models/masked"))
    parser.add_argument("--count", type=int, default=1000, help="resolve sentences of each kind")
    parser.add_argument("--shown", help="the head that lessons point at, as 2,4; else it is chosen")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    loop.prepare(options.seed)
    model, tokenizer = shipped.masked(options.model)
    layer, head = map(int, options.shown.split(",")) if options.shown else (None, None)
    valid = train_masked.batches_of(options.data, tokenizer, options.seed, "valid")
    resolved, by_head = resolve_report(model, tokenizer, options.count, None if layer is None else layer * model.config.num_attention_heads + head)
    best, to_show = (resolved[name]["layer"] * model.config.num_attention_heads + resolved[name]["head"] for name in ("best_head", "shown_head"))
    eval_folder = options.data / "eval"
    result = {
        "model": "masked", "about": "held-out text and sentences, at the shipped weights; losses in nats; intervals of 95 % (Wilson)",
        **masked_words(model, valid, 60),
        "resolve": resolved,
        "shown": shown(model, tokenizer, to_show),
        "other_sets": other_sets(model, tokenizer, eval_folder, best),
        "heads": heads_of(model, valid, by_head, options.seed),
        "relations": {name: relations.judge(model, tokenizer, relations.read_conllu(eval_folder / "ud" / f"{name}.conllu.gz"))
                      for name in ("en_ewt-ud-dev", "en_pud-ud-test", "zh_gsdsimp-ud-dev")},
        "impact_trees": {name: impact.judge(model, tokenizer, relations.read_conllu(eval_folder / "ud" / f"{name}.conllu.gz"), 300)
                         for name in ("en_pud-ud-test", "zh_gsdsimp-ud-dev")},
    }
    export.write_json(options.model / "evaluation.json", result)
    print(json.dumps({name: result[name] for name in ("masked_words", "next_sentence", "resolve", "shown", "other_sets")}, indent=1,
                     ensure_ascii=False))


if __name__ == "__main__":
    main()
