"""Head scores of the models whose own evaluation has none → `head_scores` in their evaluation.json; run it after that.

    python3 -m training.evaluate_heads translator sentiment entities digits --data DIR

The scores are those of training/head_scores.py, each a mean over rows (held-out sentences) of the mean over queries;
separator is the share that goes to the end, [SEP] or </s>. Instead of neighbours in a row the digits have the four sides
of a patch. Cross-attention: `first` is the language token.
"""
from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from training import export, loop, shipped
from training.finetune import TASKS, label_rows
from training.head_scores import best_heads, repeat_scores, text_scores
from training.models.pegasus import PAD
from training.pair_tokenizer import END
from training.pairs import read_pairs, source_ids
from training.train_digits import read_images

ROWS = 300
PERIOD = 16
"""Of the random tokens that are said twice: sentences of these models are short."""
SHIPPED = Path("public/models")
Scores = dict[str, Tensor]
Heads = list[list[dict[str, float]]]


def mean(rows: Sequence[Scores]) -> Scores:
    return {name: torch.stack([row[name] for row in rows]).mean(0) for name in rows[0]}


def listed(scores: Scores) -> dict[str, Any]:
    """Scores [layer, head] by name → best heads and all of them, [layer][head]."""
    layers, heads = next(iter(scores.values())).shape
    values: Heads = [[{name: round(float(score[layer, head]), 4) for name, score in scores.items()} for head in range(heads)]
                     for layer in range(layers)]
    return {"best_heads": best_heads(values), "heads": values}


def to_last(patterns: Sequence[Tensor]) -> Tensor:
    """Share of attention to the last key, [layer, head]."""
    return torch.stack([pattern[..., -1].mean((0, 2)) for pattern in patterns])


def twice(vocabulary: tuple[int, int], seed: int) -> Tensor:
    """[row, 2·PERIOD] random tokens, said twice."""
    once = torch.from_numpy(np.random.default_rng(seed).integers(*vocabulary, (ROWS, PERIOD)))
    return torch.cat([once, once], 1)


def recorded(run: Callable[[list[Tensor]], object]) -> list[Tensor]:
    patterns: list[Tensor] = []
    run(patterns)
    return patterns


def classifier(name: str, seed: int) -> dict[str, Any]:
    model, tokenizer = shipped.classifier(SHIPPED / name)
    rng = random.Random(seed + 99)
    sentences = [TASKS[name][1](rng, True) for _ in range(ROWS)]
    rows = []
    for sentence in sentences:
        patterns = recorded(lambda own: model(label_rows(tokenizer, [sentence])[0], own))
        rows.append({**text_scores(patterns), "separator": to_last(patterns)})
    repeated = repeat_scores(recorded(lambda own: model(twice((300, len(tokenizer)), seed), own)), PERIOD)
    return {"about": f"{ROWS} sentences from held-out templates; {ROWS} rows of {PERIOD} random tokens said twice", **listed(mean(rows) | repeated)}


def translator(data: Path, seed: int) -> dict[str, Any]:
    model, tokenizer = shipped.translator(SHIPPED / "translator")
    held_out = [read_pairs(data, language)[1] for language in ("zh", "fr")]
    pairs = [pair for valid in held_out for pair in valid[:: len(valid) // (ROWS // 2)][: ROWS // 2]]
    encoder, decoder, cross = [], [], []
    for pair in pairs:
        mine, theirs, across = [], [], []
        source, mask = model.encode(torch.tensor([source_ids(tokenizer, pair.english, pair.language)]), mine)
        model.decode(torch.tensor([[PAD, *tokenizer.encode(pair.other)]]), source, mask, across, theirs)
        encoder.append({**text_scores(mine), "separator": to_last(mine)})
        decoder.append(text_scores(theirs))
        cross.append({"first": torch.stack([pattern[..., 0].mean((0, 2)) for pattern in across]), "separator": to_last(across)})
    repeated = twice((5, len(tokenizer)), seed)
    own = recorded(lambda patterns: model.encode(repeated, patterns))
    inputs = torch.cat([torch.full((ROWS, 1), PAD), repeated], 1)
    once = torch.cat([repeated[:, :PERIOD], torch.full((ROWS, 1), END)], 1)
    said = recorded(lambda patterns: model.decode(inputs, *model.encode(once), None, patterns))
    return {"about": f"{len(pairs)} held-out pairs, half of them Chinese; {ROWS} rows of {PERIOD} random tokens said twice, of which the decoder's "
                     "source holds the first time; how the cross-attention heads align: alignment.heads",
            "encoder": listed(mean(encoder) | repeat_scores(own, PERIOD)),
            "decoder": listed(mean(decoder) | repeat_scores([pattern[:, :, 1:, 1:] for pattern in said], PERIOD)),
            "cross": listed(mean(cross))}


def digits(data: Path) -> dict[str, Any]:
    model = shipped.digits(SHIPPED / "digits")
    images = read_images(data, "t10k")[0][:1000]
    patterns = recorded(lambda own: model(images, own))
    side = model.config.image_size // model.config.patch_size
    at = torch.arange(side * side).view(side, side)
    near = {"left": (at[:, 1:], at[:, :-1]), "right": (at[:, :-1], at[:, 1:]), "above": (at[1:], at[:-1]), "below": (at[:-1], at[1:]), "self": (at, at)}
    scores = {name: torch.stack([pattern[:, :, 1 + query.flatten(), 1 + key.flatten()].mean((0, 2)) for pattern in patterns])
              for name, (query, key) in near.items()}
    scores["first"] = torch.stack([pattern[:, :, 1:, 0].mean((0, 2)) for pattern in patterns])
    return {"about": f"the first {len(images):,} test images; first: [CLS]; a patch beside the edge has no neighbour there and is left out", **listed(scores)}


@torch.no_grad()
def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("models", nargs="+", choices=("translator", "sentiment", "entities", "digits"))
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    loop.prepare(options.seed)
    for name in options.models:
        made = translator(options.data, options.seed) if name == "translator" else digits(options.data) if name == "digits" else classifier(name, options.seed)
        export.write_json(SHIPPED / name / "evaluation.json", shipped.read_evaluation(SHIPPED / name) | {"head_scores": made})
        print(name, json.dumps({part: made[part]["best_heads"] for part in ("encoder", "decoder", "cross")} if name == "translator" else made["best_heads"]))


if __name__ == "__main__":
    main()
