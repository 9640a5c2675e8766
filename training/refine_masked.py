"""Trains a shipped masked model further, mostly to tell whether a passage follows, while its heads keep their patterns.

    python3 -m training.refine_masked --data DIR --init public/models/masked --run training/runs/masked-next --steps 5700

Each step has some hundred passage pairs, sentences and resolve sentences (training.refine_pairs), all made ahead. The loss
is train_masked's plus Σ_k p·ln(p/q) of the patterns p of the model that the run began with and q of this one, a mean over layers, heads
and queries other than [CLS], which has to look for something new.
"""
from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from training import loop, refine_pairs, shipped
from training.masked_batches import Part, stack
from training.models.bert import PreTraining
from training.refine_pairs import WIDTHS, Masker
from training.train_masked import batches_of, evaluator
from training.wordpiece import CLS, PAD, SEP

WEIGHTS = {"words": 1.0, "resolve": 1.0, "next": 2.0, "patterns": 15.0}
SMOOTHING = 0.02
"""Of the next-sentence answers."""
SHARES = (0.0, 0.15, 0.25)
"""A pair has one of these shares of its words judged, a single or resolve sentence the last."""
PENALISED = 3
"""Of the pairs every third is passed through the first model too."""
PAIRS, RESOLVE = 2_200_000, 660_000


def divergence(ids: Tensor, patterns: list[Tensor], before: list[Tensor]) -> Tensor:
    """Mean of Σ_k p·ln(p/q) over layers, heads and the real queries but [CLS]; patterns [row, head, query_pos, key_pos]."""
    counted = (ids != PAD).float()
    counted[:, 0] = 0
    total = ids.new_zeros((), dtype=torch.float)
    for q, p in zip(patterns, before):
        each = (p.float() * ((p.float() + 1e-6).log() - (q.float() + 1e-6).log())).sum(-1).mean(1)  # [row, query_pos]
        total = total + (each * counted).sum() / counted.sum()
    return total / len(patterns)


def objective(first: PreTraining) -> Callable[[PreTraining, list[Part]], Tensor]:
    def loss_of(model: PreTraining, parts: list[Part]) -> Tensor:
        outs, apart = [], []
        first.to(parts[0].ids.device)
        with torch.autocast(parts[0].ids.device.type, dtype=torch.bfloat16, enabled=model.training):
            for part in parts:
                few = slice(None) if part.follows is None else slice(None, None, PENALISED)
                patterns: list[Tensor] = []
                before: list[Tensor] = []
                outs.append(model.bert(part.ids, part.types, patterns))
                with torch.no_grad():
                    first.bert(part.ids[few], part.types[few], before)
                apart.append(divergence(part.ids[few], [pattern[few] for pattern in patterns], before))
            judged = [part.targets != -100 for part in parts]
            logits = model.words(torch.cat([x[where] for x, where in zip(outs, judged)])).float()
            follow = F.cross_entropy(model.next_sentence(outs[0]).float(), parts[0].follows, label_smoothing=SMOOTHING)
        losses = F.cross_entropy(logits, torch.cat([part.targets[where] for part, where in zip(parts, judged)]), reduction="none")
        resolving = torch.zeros_like(judged[2])
        resolving[torch.arange(len(resolving), device=resolving.device), parts[2].pronouns] = True
        pronoun = torch.cat([resolving.new_zeros(int(judged[0].sum() + judged[1].sum())), resolving[judged[2]]])
        return (WEIGHTS["words"] * losses[~pronoun].mean() + WEIGHTS["resolve"] * losses[pronoun].mean() + WEIGHTS["next"] * follow
                + WEIGHTS["patterns"] * sum(apart) / len(apart))

    return loss_of


class RefineBatches:
    """`batch(step)` → pairs, sentences and resolve sentences, drawn on the device where the rows lie."""

    def __init__(self, pairs: dict[int, refine_pairs.Pairs], resolve: refine_pairs.Resolve, sentences: Tensor, masker: Masker,
                 seed: int, sizes: tuple[int, int, int]) -> None:
        device = masker.pronouns.device
        self.pairs = {width: loop.moved(each, device) for width, each in pairs.items()}
        self.resolve, self.sentences = loop.moved(resolve, device), sentences.to(device)
        self.kinds = {width: [torch.nonzero(each.follows == kind)[:, 0] for kind in (0, 1)] for width, each in self.pairs.items()}
        self.masker, self.seed, self.sizes = masker, seed, sizes

    def batch(self, step: int) -> list[Part]:
        rng = np.random.default_rng((self.seed, step))
        self.masker.generator.manual_seed(self.seed * 1_000_003 + step)
        return [self._pairs(int(rng.choice(list(WIDTHS), p=list(WIDTHS.values())))), self._single(), self._resolve()]

    def _pairs(self, width: int) -> Part:
        half = self.sizes[0] * 96 // width // 2
        at = torch.cat([kind[self.masker.pick(len(kind), half)] for kind in self.kinds[width]])
        rows, ends, follows = self.pairs[width].rows[at].long(), self.pairs[width].ends[at].long(), self.pairs[width].follows[at].long()
        shares = torch.tensor(SHARES, device=rows.device)[self.masker.pick(len(SHARES), len(rows))][:, None]
        ids, targets = self.masker.mask(rows, shares)
        types = (torch.arange(width, device=rows.device) >= ends[:, None]).long() * (rows != PAD)
        return Part(ids, types, targets, follows)

    def _single(self) -> Part:
        ids, targets = self.masker.mask(self.sentences[self.masker.pick(len(self.sentences), self.sizes[1])].long(), SHARES[-1])
        return Part(ids, torch.zeros_like(ids), targets)

    def _resolve(self) -> Part:
        at = self.masker.pick(len(self.resolve.rows), self.sizes[2])
        whole = self.resolve.rows[at].long()
        whole = whole[:, : int((whole != PAD).sum(1).max())]
        pronouns, nouns = self.resolve.pronouns[at].long(), self.resolve.nouns[at].long()
        ids, targets = self.masker.mask(whole, SHARES[-1])
        row = torch.arange(len(at), device=whole.device)
        for place in (pronouns, nouns[:, 0], nouns[:, 1]):
            ids[row, place], targets[row, place] = whole[row, place], -100
        targets[row, pronouns] = self.resolve.antecedents[at].long()
        return Part(ids, torch.zeros_like(ids), targets, pronouns=pronouns)


def main() -> None:
    parser = loop.arguments(__doc__ or "", steps=5700, rate=1e-3, hold=0.28, batch=384, run=Path("training/runs/masked-next"))
    parser.add_argument("--init", type=Path, default=Path("public/models/masked"), help="folder of the model to begin with")
    parser.add_argument("--processes", type=int, default=16, help="that make the pairs")
    parser.add_argument("--earlier", default="", help="what made its weights, for the card")
    parser.add_argument("--machine", default="a share of one CPU core (bfloat16 products, float32 weights)", help="for the card")
    options = parser.parse_args()
    loop.prepare(options.seed)
    model, tokenizer = shipped.masked(options.init)
    first = copy.deepcopy(model).requires_grad_(False)
    train, valid = (batches_of(options.data, tokenizer, options.seed, part) for part in ("train", "valid"))
    pairs, resolve = refine_pairs.make(train.documents, tokenizer, PAIRS, RESOLVE, options.seed, options.processes)
    sentences = stack([[CLS, *sentence[0].tolist()[:30], SEP] for sentence in train.sentences], PAD, 32)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    sizes = (options.batch, options.batch // 3, options.batch // 3)
    batches = RefineBatches(pairs, resolve, sentences, Masker(tokenizer, device, options.seed), options.seed, sizes)
    schedule = loop.Schedule(steps=options.steps, peak=options.rate, hold=options.hold, warm_up=options.steps // 50, final=0.02, weight_decay=0.05)
    tokens = sum(part.ids.numel() for step in range(20) for part in batches.batch(step)) // 20
    facts = loop.fit(model.train(), batches.batch, objective(first), schedule, options.run, resume=options.resume, tokens_per_step=tokens,
                     evaluate=evaluator(tokenizer, valid), log_every=100, evaluate_every=1000)
    summary = {**facts, "seed": options.seed, "config": asdict(model.config), "schedule": asdict(schedule), "weights": WEIGHTS,
               "rows": sizes, "masked": SHARES[-1], "earlier": options.earlier, "machine": options.machine}
    (options.run / "summary.json").write_text(json.dumps(summary, indent=1) + "\n")


if __name__ == "__main__":
    main()
