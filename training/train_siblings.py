"""Trains the siblings (training/models/sibling.py), one after another, on the same batches from the same seed, then judges them.

    python3 -m training.bpe --data DIR --vocabulary 1024 --out training/runs/tokenizer-siblings
    python3 -m training.train_siblings --data DIR --run training/runs/siblings [--only none,rope]

A sibling whose run is complete is not trained again with --resume. Writes public/models/siblings: a folder each, one tokenizer.
"""
from __future__ import annotations

import functools
import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from training import bpe, corpus, export, loop
from training.batches import LanguageBatches, Stream, encode_stream
from training.evaluate_loss import held_out_loss
from training.models.sibling import SIBLINGS, Config, Sibling
from training.shipped import load_tensors, tensors_of

SHARES = {"sentences-en": 0.35, "prose-en": 0.45, "fairytales-en": 0.20}
REPEATED = 0.10
"""Share of rows that repeat a segment."""
TIMES = 4
"""Losses by position are measured up to this many times the trained length."""
WINDOWS = 800
Batch = Callable[[int], tuple[Tensor, Tensor]]


def loss_of(model: Sibling, batch: tuple[Tensor, Tensor]) -> Tensor:
    with torch.autocast(batch[0].device.type, dtype=torch.bfloat16, enabled=model.training):
        logits = model(batch[0])
    return F.cross_entropy(logits.float().flatten(0, 1), batch[1].flatten())


def held_out_windows(stream: Stream, length: int, count: int) -> Tensor:
    """[count, length + 1] windows of held-out text, evenly spaced; none is aligned to where a text begins."""
    starts = np.linspace(0, len(stream.ids) - length - 1, count).astype(int)
    return torch.from_numpy(np.stack([stream.ids[start : start + length + 1] for start in starts]).astype(np.int64))


@torch.no_grad()
def loss_by_position(model: Sibling, windows: Tensor) -> list[float]:
    """Mean loss in nats of the token that each position foretells."""
    total = torch.zeros(windows.shape[1] - 1, dtype=torch.float64)
    for part in windows.split(50):
        logits = model(part[:, :-1])
        total += F.cross_entropy(logits.flatten(0, 1), part[:, 1:].flatten(), reduction="none").view(len(part), -1).sum(0)
    return [round(value, 4) for value in (total / len(windows)).tolist()]


@torch.no_grad()
def update_shares(model: Sibling, ids: Tensor) -> list[list[float]]:
    """‖f(x)‖/‖x‖ of each layer's parts (attention and MLP, or the gated unit), the mean over positions."""
    shares: list[list[float]] = []
    model(ids, shares)
    return [[round(value, 5) for value in layer] for layer in shares]


def judge(model: Sibling, windows: Tensor, documents: dict[str, list[str]], tokenizer: bpe.Tokenizer) -> dict[str, Any]:
    """What evaluation.json says of a sibling, but for its beginnings."""
    config, trained = model.config, model.config.n_positions
    length = trained if config.score.startswith("synthesizer") else trained * TIMES
    by_position = loss_by_position(model, windows[:, : length + 1])
    ranges = {f"{start + 1}-{start + trained}": round(float(np.mean(by_position[start : start + trained])), 4)
              for start in range(0, length, trained)}
    past = {"synthesizer_dense": "cannot run: its scores exist for the trained length alone",
            "synthesizer_random": "cannot run: its table exists for the trained length alone"}.get(
        config.score, "the last row of the position table is repeated" if config.positions == "learned" else "runs as it is")
    loss = {source: held_out_loss(model, tokenizer, texts, trained) for source, texts in documents.items()}
    return {"validation": {source: {name: round(value, 4) for name, value in each.items()} for source, each in loss.items()},
            "trained_length": trained, "windows": len(windows), "past_the_trained_length": past,
            "loss_by_position": by_position, "loss_by_range": ranges}


def card(name: str, about: str, facts: dict[str, Any], run: dict[str, Any]) -> str:
    ranges = "\n".join(f"| {positions} | {loss:.3f} |" for positions, loss in facts["loss_by_range"].items())
    return f"""# Sibling: {name}

{about}. One of {len(SIBLINGS)} tiny causal models of English that differ in one thing each, trained on the same batches from the same
seed, for experiments on the mechanism: it has seen {run['tokens']:,} tokens and writes no good text.

Public-domain prose (Standard Ebooks), fairy tales (FairytaleQA) and everyday sentences (Tatoeba, CC BY 2.0 FR); {REPEATED:.0%} of the
rows repeat a segment. {run['steps']:,} steps of {run['batch']} rows of {facts['trained_length']} tokens, AdamW, peak learning rate
{run['schedule']['peak']:g}, warm-up and cosine, seed {run['seed']}; {run['seconds'] / 60:.1f} minutes on a share of one CPU core.
{run['parameters']:,} parameters, {run['bytes'] / 1e3:.0f} KB transferred. Code: training/train_siblings.py.

| positions | loss on held-out text (nats per token) |
|---|---|
{ranges}

Past the trained length: {facts['past_the_trained_length']}. The tokenizer is the siblings' own, ../tokenizer.json. Layout and names
are ours, after GPT-2's (docs/models.md). The weights are released under the project's MIT licence.
"""


def main() -> None:
    parser = loop.arguments(__doc__ or "", steps=2400, rate=3e-3, batch=64, run=Path("training/runs/siblings"))
    parser.add_argument("--only", default=",".join(SIBLINGS), help="ids, with commas between them")
    parser.add_argument("--tokenizer", type=Path, default=Path("training/runs/tokenizer-siblings/tokenizer.json"))
    parser.add_argument("--out", type=Path, default=Path("public/models/siblings"))
    options = parser.parse_args()
    loop.prepare(options.seed)
    tokenizer = bpe.load(options.tokenizer)
    splits = corpus.english(options.data)
    cache = Path("training/runs/cache")
    streams = [encode_stream(tokenizer, split.train, options.seed, cache) for split in splits if split.source in SHARES]
    held_out = [text for split in splits if not split.source.startswith("sentences") for text in split.valid]
    windows = held_out_windows(encode_stream(tokenizer, held_out, options.seed), Config().n_positions * TIMES, WINDOWS)
    documents = {split.source: split.valid[:: max(1, len(split.valid) // (120 if split.source.startswith("sentences") else 10))]
                 for split in splits}
    batches = LanguageBatches(streams, list(SHARES.values()), options.batch, Config().n_positions, Config().vocab_size,
                              options.seed, REPEATED)
    sample = held_out_windows(encode_stream(tokenizer, held_out, options.seed), Config().n_positions, 200)
    schedule = loop.Schedule(steps=options.steps, peak=options.rate, hold=options.hold, weight_decay=0.05)
    same = functools.cache(batches.batch)  # every sibling reads the same ones
    for name in options.only.split(","):
        train(name, options, tokenizer, same, windows, sample, documents, schedule)
    write_index(options.out, options.tokenizer)


def train(name: str, options: Any, tokenizer: bpe.Tokenizer, batch: Batch, windows: Tensor, sample: Tensor,
          documents: dict[str, list[str]], schedule: loop.Schedule) -> None:
    """Trains, rounds, judges and writes one sibling."""
    config, about = SIBLINGS[name]
    run, out = options.run / name, options.out / name
    torch.manual_seed(options.seed)
    model = Sibling(config)
    beginnings = update_shares(model, sample[:, :-1])
    print(f"{name}: {sum(p.numel() for p in model.parameters())} parameters", flush=True)
    facts = loop.fit(model, batch, loss_of, schedule, run, resume=options.resume, log_every=200,
                     tokens_per_step=options.batch * config.n_positions)
    exact = tensors_of(model.eval())

    @torch.no_grad()
    def loss(tensors: dict[str, np.ndarray]) -> float:
        return float(loss_of(load_tensors(model, tensors), (sample[:, :-1], sample[:, 1:])))

    fineness, before, after = export.choose_fineness(exact, loss)
    rounded = export.round_all(exact, fineness)
    load_tensors(model, rounded)
    result = {"model": f"siblings/{name}", "about": "held-out text, at the shipped weights, nats per token",
              **judge(model, windows, documents, tokenizer),
              "update_shares": {"about": "‖f(x)‖/‖x‖ of each layer's parts", "initial": beginnings,
                                "trained": update_shares(model, sample[:, :-1])},
              "rounding": {"steps_to_a_deviation": fineness, "loss_before": round(before, 4), "loss_after": round(after, 4)}}
    facts = {**facts, "seed": options.seed, "batch": options.batch, "config": asdict(config), "schedule": asdict(schedule),
             "parameters": sum(values.size for values in exact.values()), "bytes": len(export.compress(rounded))}
    export.write_folder(out, config.to_hugging_face(), rounded, card(name, about[0].upper() + about[1:], result, facts))
    export.write_json(out / "evaluation.json", result)
    export.write_json(run / "summary.json", facts)
    print(f"{name}: {facts['bytes']} bytes, losses {result['loss_by_range']}", flush=True)


def write_index(out: Path, tokenizer: Path) -> None:
    """index.json: the siblings that are there, and what differs; and their one tokenizer."""
    base = asdict(SIBLINGS["learned"][0])
    listed = []
    for name, (config, about) in SIBLINGS.items():
        if (out / name / "evaluation.json").exists():
            facts = json.loads((out / name / "evaluation.json").read_text(encoding="utf-8"))
            changes = {key: value for key, value in asdict(config).items() if value != base[key] and key != "n_ctx"}
            listed.append({"id": name, "about": about, "differs_from": "none" if name == "window" else "learned", "changes": changes,
                           "bytes": (out / name / "model.safetensors.gz").stat().st_size, "loss_by_range": facts["loss_by_range"]})
    export.write_json(out / "index.json", {"trained_length": Config().n_positions, "siblings": listed})
    (out / "tokenizer.json").write_bytes(tokenizer.read_bytes())


if __name__ == "__main__":
    main()
