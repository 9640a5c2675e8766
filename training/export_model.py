"""Exports the masked model or the translator: rounds the weights and writes the Hugging Face folder.

    python3 -m training.export_model masked --data DIR [--run DIR] [--out DIR]

The grid is the coarsest whose loss on a sample of the validation set is at most 0.15 % above the exact weights'.
Then judge the folder (training.evaluate_masked, evaluate_translator) and write its card (training.model_cards).
"""
from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from training import export, loop, pair_tokenizer, train_masked, train_translator, wordpiece
from training.models import bert, pegasus
from training.pairs import PairBatches, read_pairs
from training.shipped import load_tensors, tensors_of

ALLOWED = 0.0015
Loaded = tuple[nn.Module, Any, Callable[[nn.Module], float]]


def _mean_loss(batch: Callable[[int], Any], loss_of: Callable[[nn.Module, Any], torch.Tensor], steps: int) -> Callable[[nn.Module], float]:
    @torch.no_grad()
    def mean(model: nn.Module) -> float:
        return float(np.mean([float(loss_of(model, batch(step))) for step in range(steps)]))

    return mean


def masked(data: Path, seed: int) -> Loaded:
    tokenizer = wordpiece.load(Path("training/runs/tokenizer-masked/tokenizer.json"))
    valid = train_masked.batches_of(data, tokenizer, seed, "valid")
    model = bert.PreTraining(bert.Config(vocab_size=len(tokenizer)))
    return model, tokenizer, _mean_loss(valid.batch, train_masked.loss_of, 12)


def translator(data: Path, seed: int) -> Loaded:
    tokenizer = pair_tokenizer.load(Path("training/runs/tokenizer-translator/tokenizer.json"))  # the shipped one is the same
    valid = [read_pairs(data, language)[1] for language in train_translator.SHARES]
    batches = PairBatches(tokenizer, valid, list(train_translator.SHARES.values()), seed)
    model = pegasus.Pegasus(pegasus.Config(vocab_size=len(tokenizer)))
    return model, tokenizer, _mean_loss(batches.batch, train_translator.loss_of, 6)


MODELS = {"masked": masked, "translator": translator}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", choices=MODELS)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--run", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    run = options.run or Path("training/runs") / options.model
    out = options.out or Path("public/models") / options.model
    loop.prepare(options.seed)
    model, tokenizer, loss_of = MODELS[options.model](options.data, options.seed)
    state = torch.load(run / "last.pt", map_location="cpu")
    model.load_state_dict(state["model"])
    exact = tensors_of(model)
    fineness, before, after = export.choose_fineness(exact, lambda tensors: loss_of(load_tensors(model, tensors)), ALLOWED)
    out.mkdir(parents=True, exist_ok=True)
    card = (out / "card.md").read_text(encoding="utf-8") if (out / "card.md").exists() else f"# {options.model}"
    size = export.write_folder(out, model.config.to_hugging_face(), export.round_all(exact, fineness), card, tokenizer)
    facts = {"steps": state["step"], "seconds": round(state["seconds"]), "fineness": fineness, "exact_loss": before,
             "shipped_loss": after, "bytes": size, "parameters": sum(values.size for values in exact.values())}
    export.write_json(run / "export.json", facts)
    print(json.dumps(facts))


if __name__ == "__main__":
    main()
