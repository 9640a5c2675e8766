"""Exports a causal model: rounds the weights, measures what that costs, writes the folder and its card.

    python3 -m training.export_causal --data DIR --run training/runs/causal --out public/models/causal --limit 2850000
"""
from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch

from training import bpe, corpus, export, loop
from training.cards import causal_card
from training.evaluate_loss import held_out_loss, together
from training.models.gpt2 import GPT2
from training.train_causal import PRESETS


def tensors_of(model: torch.nn.Module) -> dict[str, np.ndarray]:
    """Parameters by name, as NumPy arrays."""
    return {name: values.detach().cpu().float().numpy().copy() for name, values in model.state_dict().items()}


def load_tensors(model: torch.nn.Module, tensors: dict[str, np.ndarray]) -> None:
    model.load_state_dict({name: torch.from_numpy(values) for name, values in tensors.items()})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--preset", choices=PRESETS, default="causal")
    parser.add_argument("--tokenizer", type=Path, default=Path("training/runs/tokenizer-en/tokenizer.json"))
    parser.add_argument("--fineness", type=float, help="grid to use; without it, the coarsest that costs little")
    parser.add_argument("--limit", type=int, help="most bytes of the weights' file: use the finest grid within")
    parser.add_argument("--note", default="", help="how the run differed from its schedule, for the card")
    parser.add_argument("--seed", type=int, default=1, help="unused: no step is random")
    options = parser.parse_args()
    loop.prepare(options.seed)
    tokenizer = bpe.load(options.tokenizer)
    model = GPT2(PRESETS[options.preset]).eval()
    state = torch.load(options.run / "last.pt", map_location="cpu")
    model.load_state_dict(state["model"])
    exact = tensors_of(model)
    splits = corpus.english(options.data)
    documents = {split.source: split.valid for split in splits}

    def loss_of(tensors: dict[str, np.ndarray], texts: list[str]) -> dict[str, float]:
        load_tensors(model, tensors)
        return held_out_loss(model, tokenizer, texts)

    def by_source(tensors: dict[str, np.ndarray]) -> dict[str, dict[str, float]]:
        return {source: loss_of(tensors, texts) for source, texts in documents.items()}

    fineness = options.fineness
    if options.limit:
        fineness = export.finest_within(exact, options.limit)
    if not fineness:
        sample = [document for texts in documents.values() for document in texts[:: max(1, len(texts) // 40)]]
        fineness, _, _ = export.choose_fineness(exact, lambda tensors: loss_of(tensors, sample)["loss_per_token"])
    rounded = export.round_all(exact, fineness)
    shipped = by_source(rounded)
    before, after = together(by_source(exact)), together(shipped)
    summary_path = options.run / "summary.json"
    summary = json.loads(summary_path.read_text()) if summary_path.exists() else {"unfinished": True}
    summary |= {"note": options.note, "steps": state["step"], "seconds": state["seconds"], "preset": options.preset,
                "parameters": sum(values.size for values in exact.values())}
    measured = {"exact": before, "shipped": after, "by_source": shipped, "fineness": fineness,
                "rounding_cost": after["loss_per_byte"] / before["loss_per_byte"] - 1}
    config = PRESETS[options.preset].to_hugging_face()
    pos = PRESETS[options.preset].n_positions
    measured["bytes"] = len(export.compress(rounded))
    card = causal_card(summary, measured)
    export.write_folder(options.out, config, rounded, card, tokenizer, pos)
    export.write_json(options.run / "export.json", {"training": summary, "loss": measured})
    print(json.dumps(measured, indent=1))


if __name__ == "__main__":
    main()
