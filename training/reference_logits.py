"""Writes what PyTorch computes with a shipped causal model, for the app's test of its own engine.

    python3 -m training.reference_logits --model public/models/causal --out test/fixtures/causal-logits.json

For each text: ids, and at each position the logarithm of Σ exp(logit) over the vocabulary and the largest logits.
"""
from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch

from training.evaluate_causal import load

TEXTS = ("The animal didn't cross the street because it was too tired.", "Once upon a time there was a little girl.",
         "Dursley and Trelawny met. Dursley and Trelawny talked.\n\"What is this?\" said the naïve old man; 42 — nobody knew…")
LARGEST = 8


@torch.no_grad()
def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    model, tokenizer = load(options.model)
    model.double()
    entries = []
    for text in TEXTS:
        ids = tokenizer.encode(text)
        logits = model(torch.tensor([ids]))[0]
        values, indices = logits.topk(LARGEST)
        entries.append({"text": text, "ids": ids, "log_sum_exp": [round(x, 5) for x in logits.logsumexp(-1).tolist()],
                        "largest": [[[i, round(x, 5)] for i, x in zip(*row)] for row in zip(indices.tolist(), values.tolist())]})
    body = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in entries)
    options.out.write_text(f"[\n{body}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
