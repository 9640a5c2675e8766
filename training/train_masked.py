"""Trains the masked model (BERT layout): masked words, next sentence, and resolve.

    python3 -m training.wordpiece --data DIR
    python3 -m training.train_masked --data DIR --run training/runs/masked
"""
from __future__ import annotations

import json
import random
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from training import corpus, grammar, loop, wordpiece
from training.masked_batches import MaskedBatches, Part, encode_documents, resolve_row, stack
from training.models.bert import Config, PreTraining

WEIGHTS = {"words": 1.0, "resolve": 1.0, "next": 0.25}
MASKED = 0.25
"""Share of masked tokens in training: a short run learns more from a quarter than from 15 %, which is what is judged."""


def loss_of(model: PreTraining, parts: list[Part]) -> Tensor:
    """Masked words, next sentence, and the antecedents at the pronouns of resolve sentences."""
    with torch.autocast(parts[0].ids.device.type, dtype=torch.bfloat16, enabled=model.training):
        outs = [model.bert(part.ids, part.types) for part in parts]
        judged = [part.targets != -100 for part in parts]
        logits = model.words(torch.cat([x[where] for x, where in zip(outs, judged)])).float()  # only where judged
        follow = F.cross_entropy(model.next_sentence(outs[0]).float(), parts[0].follows)
    targets = torch.cat([part.targets[where] for part, where in zip(parts, judged)])
    losses = F.cross_entropy(logits, targets, reduction="none")
    resolving = torch.zeros_like(parts[2].targets, dtype=torch.bool)
    resolving[torch.arange(len(resolving), device=resolving.device), parts[2].pronouns] = True
    pronoun = torch.cat([resolving.new_zeros(int(judged[0].sum() + judged[1].sum())), resolving[judged[2]]])
    return (WEIGHTS["words"] * losses[~pronoun].mean() + WEIGHTS["resolve"] * losses[pronoun].mean() + WEIGHTS["next"] * follow)


def resolve_accuracy(model: PreTraining, tokenizer: wordpiece.WordPiece, examples: list[grammar.Example]) -> tuple[float, list[list[float]]]:
    """Share where the antecedent's word is likelier than the other's; share of each head [layer][head] whose
    larger weight of the two nouns, seen from the pronoun, is the antecedent's."""
    right, heads, total = 0, None, 0
    for begin in range(0, len(examples), 50):
        rows = [resolve_row(tokenizer, example) for example in examples[begin : begin + 50]]
        ids = stack([row[0] for row in rows], wordpiece.PAD, max(len(row[0]) for row in rows))
        patterns: list[Tensor] = []
        x = model.bert(ids, None, patterns)
        at = torch.arange(len(rows))
        pronoun = torch.tensor([row[1] for row in rows])
        nouns = torch.tensor([row[3] for row in rows])
        logits = model.words(x[at, pronoun])
        words = ids[at[:, None], nouns]
        picked = logits.gather(1, words)
        right += int((picked[:, 0] > picked[:, 1]).sum())
        weights = torch.stack([pattern[at, :, pronoun] for pattern in patterns])  # [layer, row, head, key_pos]
        antecedent, other = (weights[:, at, :, nouns[:, k]].transpose(0, 1) for k in (0, 1))  # [layer, row, head]
        hits = (antecedent > other).sum(1)
        heads = hits if heads is None else heads + hits
        total += len(rows)
    return right / total, (heads / total).tolist()


def evaluator(tokenizer: wordpiece.WordPiece, batches: MaskedBatches, count: int = 300):
    """A short validation: masked loss and accuracy, resolve on held-out pairs and templates, the best head."""
    rng = random.Random(7)
    held = {by: [grammar.judged_example(rng, by) for _ in range(count)] for by in ("pairs", "templates")}

    def evaluate(model: PreTraining) -> str:
        counts = np.zeros(3)
        generator = np.random.default_rng(7)
        for _ in range(12):
            for part in (batches.passages(generator), batches.single(generator)):
                judged = part.targets != -100
                logits = model.words(model.bert(part.ids, part.types)[judged])
                counts += (float(F.cross_entropy(logits, part.targets[judged], reduction="sum")),
                           int((logits.argmax(-1) == part.targets[judged]).sum()), int(judged.sum()))
        text = f"masked loss {counts[0] / counts[2]:.3f}, top-1 {counts[1] / counts[2]:.3f}"
        for by, examples in held.items():
            accuracy, heads = resolve_accuracy(model, tokenizer, examples)
            best, layer, head = max((value, layer, head) for layer, row in enumerate(heads) for head, value in enumerate(row))
            text += f"; {by} {accuracy:.3f}, L{layer}H{head} {best:.3f}"
        return text

    return evaluate


def texts_of(data: Path, cache: Path) -> dict[str, dict[str, list[str]]]:
    """{"train" | "valid": {source: documents}}; the second call reads what the first one wrote."""
    path = cache / "masked-texts.json"
    if not path.exists():
        splits = [*corpus.english(data), corpus.split_documents("sentences-zh", corpus.read_documents(data, "sentences-zh"), 10)]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({part: {split.source: getattr(split, part) for split in splits} for part in ("train", "valid")}))
    return json.loads(path.read_text())


def batches_of(data: Path, tokenizer: wordpiece.WordPiece, seed: int, part: str) -> MaskedBatches:
    """Training ("train") or validation ("valid") batches."""
    cache = Path("training/runs/cache")
    texts = texts_of(data, cache)[part]
    documents = encode_documents(tokenizer, texts["prose-en"] + texts["fairytales-en"], cache)
    chinese = texts["sentences-zh"] * (2 if part == "train" else 1)  # a quarter or so of the single sentences
    sentences = [document for document in encode_documents(tokenizer, texts["sentences-en"] + chinese, cache) if document]
    return MaskedBatches(tokenizer, documents, sentences, seed, MASKED if part == "train" else 0.15)


def main() -> None:
    parser = loop.arguments(__doc__ or "", steps=8000, rate=1.2e-3, run=Path("training/runs/masked"))
    parser.add_argument("--tokenizer", type=Path, default=Path("training/runs/tokenizer-masked/tokenizer.json"))
    options = parser.parse_args()
    loop.prepare(options.seed)
    tokenizer = wordpiece.load(options.tokenizer)
    config = Config(vocab_size=len(tokenizer))
    train, valid = (batches_of(options.data, tokenizer, options.seed, part) for part in ("train", "valid"))
    model = PreTraining(config)
    print(f"{sum(p.numel() for p in model.parameters())} parameters", flush=True)
    schedule = loop.Schedule(steps=options.steps, peak=options.rate, hold=options.hold, warm_up=200, weight_decay=0.05)
    tokens = sum(part.ids.numel() for step in range(20) for part in train.batch(step)) // 20
    facts = loop.fit(model, train.batch, loss_of, schedule, options.run, resume=options.resume, tokens_per_step=tokens,
                     evaluate=evaluator(tokenizer, valid), log_every=100)
    summary = {**facts, "seed": options.seed, "config": asdict(config), "schedule": asdict(schedule), "weights": WEIGHTS,
               "rows": train.sizes, "masked": MASKED}
    (options.run / "summary.json").write_text(json.dumps(summary, indent=1) + "\n")


if __name__ == "__main__":
    main()
