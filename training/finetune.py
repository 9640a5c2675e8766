"""Fine-tunes the shipped masked model: a sentiment head on [CLS], or an entity label for each token.

    python3 -m training.finetune sentiment --data DIR     (or: entities)

All weights are trained, on sentences of training/labels_grammar.py; templates are held out, and judged on.
Writes public/models/<task> with evaluation.json.
"""
from __future__ import annotations

import json
import random
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from training import export, labels_grammar, loop, shipped
from training.intervals import share
from training.labels_grammar import ENTITIES, SENTIMENT, Labelled
from training.masked_batches import IGNORED, stack
from training.models.bert import Classifier
from training.wordpiece import CLS, PAD, SEP, WordPiece

TASKS = {"sentiment": (SENTIMENT, labels_grammar.sentiment), "entities": (ENTITIES, labels_grammar.entities)}
TRIED = {
    "sentiment": ("The food was wonderful and the waiter was friendly.", "I waited an hour for a cold soup.", "The film was not bad at all.",
                  "What a waste of an evening!", "The restaurant was ugly, but the dinner was delicious."),
    "entities": ("Alice works for the Red Cross in Geneva.", "Washington was born in Virginia.", "Tom flew to Washington on Monday.",
                 "The University of Oxford invited Mary Brown.", "The king crossed the river."),
}
"""Sentences that no template makes, shown with the model's answers."""


def label_rows(tokenizer: WordPiece, sentences: list[Labelled]) -> tuple[Tensor, Tensor]:
    """ids [row, pos]; labels [row] for whole sentences, or [row, pos] with −100 at special tokens and padding."""
    ids, labels = [], []
    for sentence in sentences:
        pieces = tokenizer.encode_with_words(sentence.text)
        ids.append([CLS, *(index for index, _, _ in pieces), SEP])
        inside = [next((label for begin, end, label in sentence.spans if begin <= start < end), 0) for _, start, _ in pieces]
        labels.append([IGNORED, *inside, IGNORED])
    width = max(map(len, ids))
    whole = sentences[0].label >= 0
    return stack(ids, PAD, width), torch.tensor([s.label for s in sentences]) if whole else stack(labels, IGNORED, width)


def loss_of(model: Classifier, batch: tuple[Tensor, Tensor]) -> Tensor:
    with torch.autocast(batch[0].device.type, dtype=torch.bfloat16, enabled=model.training):
        logits = model(batch[0]).float()
    return F.cross_entropy(logits.flatten(0, -2), batch[1].flatten(), ignore_index=IGNORED)


@torch.no_grad()
def judge(model: Classifier, tokenizer: WordPiece, sentences: list[Labelled]) -> dict[str, Any]:
    """Share of right sentences, and for entities of right tokens, with precision and recall of each kind of token."""
    ids, labels = label_rows(tokenizer, sentences)
    guessed = torch.cat([model(part).argmax(-1) for part in ids.split(100)])
    if labels.dim() == 1:
        return {"accuracy": share(int((guessed == labels).sum()), len(labels))}
    judged = labels != IGNORED
    whole = ((guessed == labels) | ~judged).all(1)
    kinds = {}
    for index, name in enumerate(ENTITIES[1:], 1):
        both = int(((guessed == index) & (labels == index)).sum())
        kinds[name] = {"precision": share(both, int(((guessed == index) & judged).sum())), "recall": share(both, int((labels == index).sum()))}
    return {"tokens": share(int((guessed == labels)[judged].sum()), int(judged.sum())), "whole_sentences": share(int(whole.sum()), len(whole)),
            "kinds": kinds}


@torch.no_grad()
def answers(model: Classifier, tokenizer: WordPiece, texts: tuple[str, ...]) -> list[dict[str, Any]]:
    out = []
    for text in texts:
        pieces = tokenizer.encode_with_words(text)
        logits = model(torch.tensor([[CLS, *(index for index, _, _ in pieces), SEP]]))[0]
        if model.per_token:
            found = [f"{tokenizer.pieces[index]}/{ENTITIES[label]}" for (index, _, _), label in zip(pieces, logits[1:-1].argmax(-1).tolist()) if label]
            out.append({"text": text, "entities": found})
        else:
            out.append({"text": text, "positive": round(float(logits.softmax(-1)[1]), 4)})
    return out


def main() -> None:
    parser = loop.arguments(__doc__ or "", steps=700, rate=4e-4, batch=32)
    parser.add_argument("task", choices=TASKS)
    parser.add_argument("--base", type=Path, default=Path("public/models/masked"))
    options = parser.parse_args()
    loop.prepare(options.seed)
    labels, make = TASKS[options.task]
    base, tokenizer = shipped.masked(options.base)
    model = Classifier(replace(base.config, labels=labels), options.task == "entities")
    model.bert.load_state_dict({name: values for name, values in base.bert.state_dict().items()
                                if not (model.per_token and name.startswith("pooler."))})

    def batch(step: int) -> tuple[Tensor, Tensor]:
        rng = random.Random(options.seed * 1_000_003 + step)
        return label_rows(tokenizer, [make(rng, False) for _ in range(options.batch)])

    run, out = Path("training/runs") / options.task, Path("public/models") / options.task
    schedule = loop.Schedule(steps=options.steps, peak=options.rate, warm_up=70, weight_decay=0.01)
    facts = loop.fit(model, batch, loss_of, schedule, run, tokens_per_step=options.batch * 14, resume=options.resume)
    exact = shipped.tensors_of(model.eval())
    rng = random.Random(options.seed + 99)
    held_out = [make(rng, True) for _ in range(1000)]
    sample = label_rows(tokenizer, [make(rng, False) for _ in range(200)])

    def loss(tensors: dict[str, Any]) -> float:
        with torch.no_grad():
            return float(loss_of(shipped.load_tensors(model, tensors), sample)) + 0.05  # the floor: losses here are near 0

    fineness, _, _ = export.choose_fineness(exact, loss)
    shipped.load_tensors(model, exact)
    before = judge(model, tokenizer, held_out)
    rounded = export.round_all(exact, fineness)
    shipped.load_tensors(model, rounded)
    architecture = "BertForTokenClassification" if model.per_token else "BertForSequenceClassification"
    size = export.write_folder(out, model.config.to_hugging_face(architecture), rounded, f"# {options.task}", tokenizer)
    result = {"model": options.task, "about": "1,000 sentences from held-out templates, at the shipped weights; intervals of 95 % (Wilson)",
              "labels": list(labels), "held_out_templates": judge(model, tokenizer, held_out), "before_rounding": before,
              "tried": answers(model, tokenizer, TRIED[options.task])}
    export.write_json(out / "evaluation.json", result)
    export.write_json(run / "export.json", {**facts, "fineness": fineness, "bytes": size, "schedule": asdict(schedule),
                                            "seed": options.seed, "batch": options.batch,
                                            "parameters": sum(values.size for values in exact.values())})
    print(json.dumps({"held_out": result["held_out_templates"], "tried": result["tried"], "bytes": size}, indent=1))


if __name__ == "__main__":
    main()
