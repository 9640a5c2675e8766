"""Writes what PyTorch computes with the shipped models, for the app's test of its own engine.

    python3 -m training.reference_logits [--out test/fixtures/shipped-logits.json]

For each model and input: what is read, and of each row of logits the logarithm of Σ exp(logit) and the largest logits.
A row is a position; the one of a model that gives one answer; and in a translation a position of the decoder.
"""
from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from training import shipped
from training.evaluate_causal import load
from training.models.pegasus import PAD
from training.pairs import source_ids
from training.wordpiece import CLS, SEP

SHIPPED = Path("public/models")
ANIMAL = "The animal didn't cross the street because it was too tired."
CAUSAL = (ANIMAL, "Once upon a time there was a little girl.",
          "Dursley and Trelawny met. Dursley and Trelawny talked.\n\"What is this?\" said the naïve old man; 42 — nobody knew…")
MASKED = (ANIMAL, "这只动物没有过马路，因为它太累了。")
PAIRS = (("I love you.", "zh", "我爱你。"), (ANIMAL, "fr", "Je t'aime, mais pas la rue."))
SENTENCES = {"sentiment": ("The food was wonderful.", "The film was not bad at all."),
             "entities": ("Anna works in London.", "The University of Oxford invited Mary Brown.")}
DIGITS = ("3", "7")
"""Labels of drawn samples."""
LARGEST = 8


def entry(logits: Tensor, **read: Any) -> dict[str, Any]:
    """logits [row, ..] → what the test compares with."""
    values, indices = logits.topk(min(LARGEST, logits.shape[-1]))
    return {**read, "log_sum_exp": [round(x, 5) for x in logits.logsumexp(-1).tolist()],
            "largest": [[[i, round(x, 5)] for i, x in zip(*row)] for row in zip(indices.tolist(), values.tolist())]}


def causal(name: str, texts: tuple[str, ...]) -> list[dict[str, Any]]:
    """Of any folder in the layout of GPT-2."""
    model, tokenizer = load(SHIPPED / name)
    model.double()
    read = [(text, tokenizer.encode(text)) for text in texts]
    return [entry(model(torch.tensor([ids]))[0], text=text, ids=ids) for text, ids in read]


def masked() -> list[dict[str, Any]]:
    model, tokenizer = shipped.masked(SHIPPED / "masked")
    model.double()
    read = [(text, [CLS, *tokenizer.encode(text), SEP]) for text in MASKED]
    return [entry(model.words(model.bert(torch.tensor([ids])))[0], text=text, ids=ids) for text, ids in read]


def classifier(name: str) -> list[dict[str, Any]]:
    model, tokenizer = shipped.classifier(SHIPPED / name)
    model.double()
    read = [(text, [CLS, *tokenizer.encode(text), SEP]) for text in SENTENCES[name]]
    made = [(text, ids, model(torch.tensor([ids]))) for text, ids in read]
    return [entry(logits[0] if model.per_token else logits, text=text, ids=ids) for text, ids, logits in made]


def translator() -> list[dict[str, Any]]:
    model, tokenizer = shipped.translator(SHIPPED / "translator")
    model.double()
    entries = []
    for english, language, target in PAIRS:
        ids, inputs = source_ids(tokenizer, english, language), [PAD, *tokenizer.encode(target)]
        source, mask = model.encode(torch.tensor([ids]))
        logits = model.words(model.decode(torch.tensor([inputs]), source, mask))[0]
        entries.append(entry(logits, text=f">>{language}<< {english}", target=target, ids=ids, decoder_ids=inputs))
    return entries


def digits() -> list[dict[str, Any]]:
    model = shipped.digits(SHIPPED / "digits").double()
    samples = json.loads((SHIPPED / "digits" / "samples.json").read_text(encoding="utf-8"))["samples"]
    pictures = [(digit, next(sample["pixels"] for sample in samples if sample["label"] == digit)) for digit in DIGITS]
    return [entry(model(torch.tensor(pixels, dtype=torch.double).view(1, 1, 28, 28) / 127.5 - 1), text=f"the drawn {digit}", digit=digit)
            for digit, pixels in pictures]


@torch.no_grad()
def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("test/fixtures/shipped-logits.json"))
    options = parser.parse_args()
    made = {"causal": causal("causal", CAUSAL), "masked": masked(), "translator": translator(), "sentiment": classifier("sentiment"),
            "entities": classifier("entities"), "digits": digits()}
    lines = [json.dumps({"model": name, **each}, ensure_ascii=False) for name, entries in made.items() for each in entries]
    options.out.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
