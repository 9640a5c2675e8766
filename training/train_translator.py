"""Trains the translator (Pegasus layout): English → Chinese and English → French.

    python3 -m training.train_translator --data DIR --run training/runs/translator
"""
from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional as F

from training import loop, pair_tokenizer, safetensors_io
from training.evaluate_translator import loss
from training.models.pegasus import Config, Pegasus
from training.pairs import PairBatches, read_pairs, translate
from training.shipped import load_tensors
from training.translation_metrics import chrf

SHARES = {"zh": 0.45, "fr": 0.55}
VOCABULARY = 7168
SMOOTHING = 0.1
"""Label smoothing (Szegedy et al. 2016) while training."""


def loss_of(model: Pegasus, batch: tuple[Tensor, Tensor, Tensor]) -> Tensor:
    """Mean cross-entropy of the next target token, given the true ones before it."""
    source, inputs, targets = batch
    with torch.autocast(source.device.type, dtype=torch.bfloat16, enabled=model.training):
        memory, mask = model.encode(source)
        x = model.decode(inputs, memory, mask)
        judged = targets != -100
        smoothing = SMOOTHING if model.training else 0.0
        return F.cross_entropy(model.words(x[judged]).float(), targets[judged], label_smoothing=smoothing)


def main() -> None:
    parser = loop.arguments(__doc__ or "", steps=9000, rate=2e-3, run=Path("training/runs/translator"), batch=128)
    parser.add_argument("--tokenizer", type=Path, default=Path("training/runs/tokenizer-translator"))
    parser.add_argument("--init", type=Path, help="folder of a shipped model whose weights and tokenizer the run begins with")
    parser.add_argument("--earlier", default="", help="what made those weights, for the card")
    parser.add_argument("--chinese", type=float, default=SHARES["zh"], help="share of the pairs that are Chinese")
    parser.add_argument("--blank", type=float, default=0.0, help="share of the decoder's input tokens that are hidden")
    parser.add_argument("--warm-up", type=int, default=500)
    parser.add_argument("--final", type=float, default=0.05, help="learning rate at the end, as a share of the peak")
    options = parser.parse_args()
    loop.prepare(options.seed)
    shares = {"zh": options.chinese, "fr": 1 - options.chinese}
    split = {language: read_pairs(options.data, language) for language in SHARES}
    path = (options.init or options.tokenizer) / "tokenizer.json"
    if not path.exists():
        chinese, french = split["zh"][0], split["fr"][0]
        texts = [text for pair in chinese + french for text in (pair.english, pair.other)]
        pair_tokenizer.learn(texts, VOCABULARY).save(options.tokenizer, model_max_length=128)
    tokenizer = pair_tokenizer.load(path)
    config = Config(vocab_size=len(tokenizer))
    batches = PairBatches(tokenizer, [split[language][0] for language in shares], list(shares.values()), options.seed, options.batch,
                          blank=options.blank)
    model = Pegasus(config)
    if options.init:
        load_tensors(model, safetensors_io.read(options.init / "model.safetensors.gz")).train()
    print({language: (len(train), len(valid)) for language, (train, valid) in split.items()}, len(tokenizer), "tokens,",
          sum(p.numel() for p in model.parameters()), "parameters", flush=True)

    def evaluate(model: Pegasus) -> str:
        text = []
        for language, (_, valid) in split.items():
            sample = valid[:: max(1, len(valid) // 200)]
            made = translate(model, tokenizer, [pair.english for pair in sample], language)
            text.append(f"{language} loss {loss(model, tokenizer, sample)['loss_per_token']:.4f} chrF {chrf(made, [pair.other for pair in sample]):.1f}")
            text.append(" ".join(translate(model, tokenizer, ["I love you.", "Where is the library?"], language)))
        return "  ".join(text)

    schedule = loop.Schedule(steps=options.steps, peak=options.rate, hold=options.hold, warm_up=options.warm_up, final=options.final,
                             weight_decay=0.02)
    tokens = sum(int((part != 0).sum()) for step in range(20) for part in batches.batch(step)[:2]) // 20
    facts = loop.fit(model, batches.batch, loss_of, schedule, options.run, resume=options.resume, tokens_per_step=tokens,
                     evaluate=evaluate, log_every=100, evaluate_every=500)
    summary = {**facts, "seed": options.seed, "batch": options.batch, "config": asdict(config), "schedule": asdict(schedule),
               "shares": shares, "blank": options.blank, "smoothing": SMOOTHING, "earlier": options.earlier}
    (options.run / "summary.json").write_text(json.dumps(summary, indent=1) + "\n")


if __name__ == "__main__":
    main()
