"""Exports the snapshots of one run, so that people can watch a model learn: a folder a step and an index.

    python3 -m training.export_checkpoints --data DIR --run training/runs/causal-small --out public/models/causal/checkpoints

Every step-N/ is a Hugging Face folder (the tokenizer is the parent model's). index.json lists, for each, the
step, the tokens read, the loss on held-out text and the scores of every head, so a chart needs no download.
"""
from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch

from training import bpe, corpus, export, loop
from training.evaluate_causal import heads_of, text_rows
from training.evaluate_loss import held_out_loss
from training.export_causal import load_tensors, tensors_of
from training.head_scores import best_heads
from training.models.gpt2 import GPT2
from training.train_causal import PRESETS

FINENESS = 3
"""Steps of the weights' grid in one standard deviation, the same at every step of the run."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", default="", help="which of the run's snapshots, as 0,20,90; all of them where it is left out")
    parser.add_argument("--preset", choices=PRESETS, default="causal-small")
    parser.add_argument("--tokenizer", type=Path, default=Path("training/runs/tokenizer-en/tokenizer.json"))
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    loop.prepare(options.seed)
    tokenizer = bpe.load(options.tokenizer)
    config = PRESETS[options.preset]
    splits = corpus.english(options.data)
    sample = [document for split in splits for document in split.valid[:: max(1, len(split.valid) // 20)]]
    rows = text_rows(tokenizer, splits, 48, 64)
    summary = json.loads((options.run / "summary.json").read_text())
    kept = sorted(int(path.stem.split("-")[1]) for path in options.run.glob("step-*.pt"))
    steps = [int(step) for step in options.steps.split(",")] if options.steps else kept
    model = GPT2(config).eval()
    entries = []
    for step in steps:
        model.load_state_dict(torch.load(options.run / f"step-{step}.pt", map_location="cpu")["model"])
        exact = held_out_loss(model, tokenizer, sample)["loss_per_byte"]
        rounded = export.round_all(tensors_of(model), FINENESS)
        load_tensors(model, rounded)
        loss = held_out_loss(model, tokenizer, sample)
        heads = heads_of(model, rows, options.seed, count=64)
        folder = f"step-{step}"
        card = (f"# Checkpoint after {step:,} steps\n\nA smaller sibling of the causal model ({config.n_layer} layers × {config.n_head} heads, d_model "
                f"{config.n_embd}), trained on the same text and generated sentences, as it was after {step:,} of "
                f"{summary['steps']:,} steps. Over the whole run {summary['repeated']:.1%} of the rows repeat a segment.\n\nLoss per byte on a sample of held-out "
                f"text: {loss['loss_per_byte']:.4f}, and {exact:.4f} before rounding: F16, each tensor on a power-of-two grid of its own, at least {FINENESS} "
                "steps to a standard deviation.\n\nThe weights are released under the project's MIT licence; the text is that of the causal model, ../../card.md.")
        size = export.write_folder(options.out / folder, config.to_hugging_face(), rounded, card)
        entries.append({"step": step, "folder": folder, "bytes": size, "tokens": step * summary["batch"] * config.n_positions,
                        "loss_per_token": round(loss["loss_per_token"], 4), "loss_per_byte": round(loss["loss_per_byte"], 4),
                        "loss_per_byte_before_rounding": round(exact, 4),
                        "best_heads": best_heads(heads), "heads": heads})
        print({name: value for name, value in entries[-1].items() if name != "heads"}, flush=True)
    index = {"model": "causal-small", "seed": summary["seed"], "batch": summary["batch"], "steps": summary["steps"],
             "judged_on": {"tokens": loss["tokens"], "bytes": loss["bytes"]}, "checkpoints": entries}
    export.write_json(options.out / "index.json", index)


if __name__ == "__main__":
    main()
