"""Judges a shipped causal model: loss on held-out text, what each head does, and samples → evaluation.json.

    python3 -m training.evaluate_causal --data DIR --model public/models/causal [--baseline FOLDER]
"""
from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import torch

from training import bpe, corpus, export, loop, safetensors_io
from training.evaluate_loss import held_out_loss, together
from training.head_scores import best_heads, head_scores
from training.models.gpt2 import GPT2, Config

PROMPTS = ("Once upon a time", "The king said to his", "I don't know what", "Tom and Mary", "She opened the door and",
           "The dog was hungry because", "What do you want", "In the middle of the forest")


def load(folder: Path, device: str = "cpu") -> tuple[GPT2, bpe.Tokenizer]:
    """A shipped model and its tokenizer, from config.json, model.safetensors.gz and tokenizer.json."""
    stored = json.loads((folder / "config.json").read_text())
    config = Config(**{name: stored[name] for name in Config.__dataclass_fields__ if name in stored})
    model = GPT2(config)
    tensors = safetensors_io.read(folder / "model.safetensors.gz")
    model.load_state_dict({name: torch.from_numpy(values.copy()) for name, values in tensors.items()})
    return model.eval().to(device), bpe.load(folder / "tokenizer.json")


def loss_by_source(model: GPT2, tokenizer: bpe.Tokenizer, splits: list[corpus.Split]) -> dict[str, Any]:
    """Losses on all of the held-out text, together and by source."""
    parts = {split.source: held_out_loss(model, tokenizer, split.valid, model.config.n_positions) for split in splits}
    return {"all": together(parts), **parts}


def text_rows(tokenizer: bpe.Tokenizer, splits: list[corpus.Split], pos: int, count: int) -> torch.Tensor:
    """`count` held-out rows of `pos` tokens [count, pos], each from the beginning of a paragraph."""
    paragraphs = [paragraph for split in splits for document in split.valid for paragraph in document.split("\n")]
    rows = [ids[:pos] for ids in map(tokenizer.encode, paragraphs) if len(ids) >= pos]
    step = max(1, len(rows) // count)
    return torch.tensor(rows[::step][:count])


def heads_of(model: GPT2, rows: torch.Tensor, seed: int, count: int = 512) -> list[list[dict[str, float]]]:
    """Head scores of a model, [layer][head]."""
    def patterns_of(ids: torch.Tensor) -> list[torch.Tensor]:
        patterns: list[torch.Tensor] = []
        model(ids, patterns)
        return patterns

    return head_scores(patterns_of, rows, (257, model.config.vocab_size), seed, count=count)


@torch.no_grad()
def sample(model: GPT2, tokenizer: bpe.Tokenizer, prompt: str, length: int, seed: int, temperature: float = 0.7) -> str:
    """A continuation drawn at `temperature` from the 40 likeliest tokens; ends at the end of text."""
    generator = torch.Generator().manual_seed(seed)
    ids = [*tokenizer.encode(prompt)]
    while len(ids) < length:
        logits = model(torch.tensor([ids]))[0, -1]
        top, kept = logits.topk(40)
        ids.append(int(kept[torch.multinomial((top / temperature).softmax(-1), 1, generator=generator)]))
        if ids[-1] == tokenizer.end_of_text:
            break
    return tokenizer.decode(ids)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--baseline", type=Path, help="folder of a model to compare with, on the same bytes")
    parser.add_argument("--losses", type=Path, help="export.json of the same weights, to read the losses from")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    loop.prepare(options.seed)
    splits = corpus.english(options.data)
    model, tokenizer = load(options.model)
    rows = text_rows(tokenizer, splits, 48, 512)
    heads = heads_of(model, rows, options.seed)
    losses = json.loads(options.losses.read_text())["loss"] if options.losses else None
    result: dict[str, Any] = {
        "model": options.model.name,
        "about": "held-out text and random repeated tokens, at the shipped weights; losses in nats",
        "loss": {"all": losses["shipped"], **losses["by_source"]} if losses else loss_by_source(model, tokenizer, splits),
        "rows": {"text": len(rows), "repeated": 512},
        "best_heads": best_heads(heads),
        "heads": heads,
        "samples": [sample(model, tokenizer, prompt, 48, options.seed) for prompt in PROMPTS],
    }
    if options.baseline:
        stored = options.baseline / "evaluation.json"
        loss = json.loads(stored.read_text())["loss"] if stored.exists() else loss_by_source(*load(options.baseline), splits)
        gain = 1 - result["loss"]["all"]["loss_per_byte"] / loss["all"]["loss_per_byte"]
        result["baseline"] = {"model": options.baseline.name, "loss": loss, "gain_per_byte": round(gain, 4)}
    export.write_json(options.model / "evaluation.json", result)
    print(json.dumps({name: result[name] for name in ("loss", "best_heads", "samples")}, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
