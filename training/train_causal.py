"""Trains a causal model of English (GPT-2 layout) on the English mix.

    python3 -m training.train_causal --data DIR --preset causal --muon --rate 0.02 --batch 32 --run training/runs/causal
"""
from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import torch

from training import because, bpe, corpus, loop, mixed, safetensors_io
from training.batches import LanguageBatches, encode_stream
from training.evaluate_causal import heads_of, text_rows
from training.evaluate_loss import held_out_loss
from training.head_scores import best_heads
from training.models.gpt2 import GPT2, Config, next_token_loss
from training.muon import muon_for

PRESETS = {
    "first-light": Config(n_embd=256, n_layer=4, n_head=8),
    "causal": Config(n_embd=192, n_layer=4, n_head=6, wave_positions=True, initial=0.8),
    "causal-small": Config(n_embd=80, n_layer=2, n_head=2, wave_positions=True, initial=0.8),
}
SHARES = {
    "first-light": {"sentences-en": 0.35, "prose-en": 0.45, "fairytales-en": 0.20},
    "causal": {"sentences-en": 0.22, "prose-en": 0.60, "fairytales-en": 0.15, "because": 0.03},
}
"""How often a row is read from each source. Causal: about by their bytes, and more sentences, since people type sentences."""
WEIGHT_DECAY = 0.05
"""Muon's, of the hidden matrices."""
GENERATED = 20_000
"""Sentences of training/because.py."""
REPEATED = {"first-light": (0.10, (0, 0.0)), "causal": (0.05, (800, 0.20)),
            "causal-small": (0.04, (600, 0.25))}
"""Share of repeated rows, and (steps, share) of the beginning: at most 10 % of all rows."""


SHARES["causal-small"] = SHARES["causal"]


def share_of_repeats(later: float, early: tuple[int, float], steps: int) -> float:
    """Share of repeated rows over a whole run."""
    first = min(early[0], steps)
    return (first * early[1] + (steps - first) * later) / steps


def narrowed(embedding: torch.Tensor, d_model: int) -> torch.Tensor:
    """Trained vectors in fewer dimensions: the largest singular directions, turned at random so that none is special."""
    u, s, _ = torch.linalg.svd(embedding, full_matrices=False)
    turn, _ = torch.linalg.qr(torch.randn(d_model, d_model))
    return (u[:, :d_model] * s[:d_model]) @ turn


def main() -> None:
    parser = loop.arguments(__doc__ or "", steps=3200)
    parser.add_argument("--preset", choices=PRESETS, default="causal")
    parser.add_argument("--evaluate-every", type=int, default=500, help="steps between two looks at held-out text")
    parser.add_argument("--snapshots", default="", help="steps after which to keep the weights, as 0,10,30")
    parser.add_argument("--muon", action="store_true", help="Muon for the hidden matrices (training/muon.py); --rate is its rate")
    parser.add_argument("--init", type=Path, help="checkpoint whose weights the run begins with")
    parser.add_argument("--embeddings", type=Path, help="shipped folder whose token embedding the run begins with, narrowed")
    parser.add_argument("--tokenizer", type=Path, default=Path("training/runs/tokenizer-en/tokenizer.json"))
    options = parser.parse_args()
    loop.prepare(options.seed)
    print("bfloat16 products" if not options.f32 and mixed.enable_if_fast() else "float32 products", flush=True)
    config = PRESETS[options.preset]
    tokenizer = bpe.load(options.tokenizer)
    splits = corpus.english(options.data)
    cache = Path("training/runs/cache")
    texts = {split.source: split.train for split in splits} | {"because": because.sentences(GENERATED, options.seed)}
    shares = SHARES[options.preset]
    streams = {source: encode_stream(tokenizer, texts[source], options.seed, cache) for source in shares}
    print({source: len(stream.ids) for source, stream in streams.items()}, flush=True)
    batches = LanguageBatches(list(streams.values()), list(shares.values()), options.batch,
                              config.n_positions, config.vocab_size, options.seed, *REPEATED[options.preset])
    model = GPT2(config)
    if options.init:
        model.load_state_dict(torch.load(options.init, map_location="cpu")["model"])
    if options.embeddings:
        stored = safetensors_io.read(options.embeddings / "model.safetensors.gz")["transformer.wte.weight"]
        model.transformer["wte"].weight.data.copy_(narrowed(torch.from_numpy(stored.copy()).float(), config.n_embd))
    print(f"{sum(p.numel() for p in model.parameters())} parameters", flush=True)
    rows = text_rows(tokenizer, splits, 48, 64)
    sample = [document for split in splits for document in split.valid[:: max(1, len(split.valid) // 40)]]

    def evaluate(model: GPT2) -> str:
        result, best = held_out_loss(model, tokenizer, sample), best_heads(heads_of(model, rows, options.seed, count=64))
        return (f"validation sample: {result['loss_per_token']:.4f} per token, {result['loss_per_byte']:.4f} per byte; heads "
                + ", ".join(f"{name} {best[name]['score']:.2f}" for name in ("previous", "induction", "duplicate")))

    schedule = loop.Schedule(steps=options.steps, peak=options.rate, hold=options.hold)
    optimizer = muon_for(model, options.rate, WEIGHT_DECAY) if options.muon else None
    facts = loop.fit(model, batches.batch, next_token_loss, schedule, options.run, resume=options.resume,
                     tokens_per_step=options.batch * config.n_positions, evaluate=evaluate, optimizer=optimizer,
                     evaluate_every=options.evaluate_every, snapshots=frozenset(int(step) for step in options.snapshots.split(",") if step))
    summary = {**facts, "seed": options.seed, "batch": options.batch, "preset": options.preset, "optimizer": "Muon" if options.muon else "AdamW", "embeddings": options.embeddings.name if options.embeddings else None, "init": options.init.parent.name if options.init else None,
               "config": asdict(config), "schedule": asdict(schedule), "shares": shares, "repeated": share_of_repeats(*REPEATED[options.preset], options.steps)}
    (options.run / "summary.json").write_text(json.dumps(summary, indent=1) + "\n")


if __name__ == "__main__":
    main()
