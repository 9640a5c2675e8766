"""Judges the shipped translator: loss, chrF, BLEU, exact matches, alignment, samples → evaluation.json.

    python3 -m training.evaluate_translator --data DIR [--model public/models/translator] [--alignment]
"""
from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import torch
from torch.nn import functional as F

from training import alignment, corpus, export, loop, shipped
from training.beams import translate_by_beams
from training.models.pegasus import PAD, Pegasus
from training.pair_tokenizer import END, PairTokenizer
from training.pairs import Pair, pad, read_pairs, source_ids, translate
from training.translation_metrics import bleu, chrf

BEAMS = 3
"""As many as the app follows at first."""
MOST_BY_BEAMS = 750
"""Pairs of a language that are translated by beams, which costs several times as much."""
EVERYDAY = ("I love you.", "The animal didn't cross the street because it was too tired.", "Where is the library?", "I don't know.",
            "My name is Tom.", "She is reading a book.", "It is raining.", "Thank you very much.", "What time is it?", "We are hungry.")


@torch.no_grad()
def loss(model: Pegasus, tokenizer: PairTokenizer, pairs: list[Pair]) -> dict[str, float]:
    """Nats per target token and per UTF-8 byte (the end counted as one token and one byte)."""
    rows = sorted(((source_ids(tokenizer, pair.english, pair.language), [*tokenizer.encode(pair.other), END]) for pair in pairs),
                  key=lambda row: len(row[1]))
    total, tokens = 0.0, sum(len(target) for _, target in rows)
    for begin in range(0, len(rows), 64):
        sources, targets = zip(*rows[begin : begin + 64])
        source, mask = model.encode(pad(sources))
        logits = model.words(model.decode(pad([[PAD, *target[:-1]] for target in targets]), source, mask))
        total += float(F.cross_entropy(logits.flatten(0, 1), pad(targets).flatten(), ignore_index=PAD, reduction="sum"))
    size = sum(len(pair.other.encode()) + 1 for pair in pairs)
    return {"loss_per_token": round(total / tokens, 4), "loss_per_byte": round(total / size, 4), "tokens": tokens, "bytes": size}


def judge(model: Pegasus, tokenizer: PairTokenizer, pairs: list[Pair], language: str) -> dict[str, Any]:
    """Every held-out pair against its own reference; and each distinct sentence against all of its references."""
    references: defaultdict[str, list[str]] = defaultdict(list)
    for pair in pairs:
        references[pair.english].append(pair.other)
    english = list(references)
    made = dict(zip(english, translate(model, tokenizer, english, language)))
    outputs = [made[pair.english] for pair in pairs]
    some = pairs[:: -(-len(pairs) // MOST_BY_BEAMS)]
    asked = list(dict.fromkeys(pair.english for pair in some))
    by_beams = dict(zip(asked, translate_by_beams(model, tokenizer, asked, language, BEAMS)))
    wanted = [pair.other for pair in some]
    same = [corpus.key(made[text]) in {corpus.key(reference) for reference in references[text]} for text in english]
    step = max(1, len(english) // 25)
    return {
        "pairs": len(pairs), "sentences": len(english), **loss(model, tokenizer, pairs),
        "chrf": round(chrf(outputs, [pair.other for pair in pairs]), 2),
        "bleu": round(bleu(outputs, [[pair.other] for pair in pairs]), 2),
        "bleu_all_references": round(bleu(list(made.values()), [references[text] for text in english]), 2),
        "beams": {"beams": BEAMS, "length_penalty": 1.0, "pairs": len(some),
                  "chrf": round(chrf([by_beams[pair.english] for pair in some], wanted), 2),
                  "chrf_greedy": round(chrf([made[pair.english] for pair in some], wanted), 2),
                  "bleu": round(bleu([by_beams[pair.english] for pair in some], [[text] for text in wanted]), 2)},
        "exact": round(sum(same) / len(same), 4),
        "samples": [{"english": text, "output": made[text], "references": references[text][:3]} for text in english[step // 2 :: step][:25]],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=Path("public/models/translator"))
    parser.add_argument("--most", type=int, default=2500, help="held-out pairs of a language that are translated")
    parser.add_argument("--alignment", action="store_true", help="the alignment alone; the rest of evaluation.json stays")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    loop.prepare(options.seed)
    model, tokenizer = shipped.translator(options.model)
    valid = {language: read_pairs(options.data, language)[1] for language in ("zh", "fr")}
    if options.alignment:
        result = shipped.read_evaluation(options.model) | {"alignment": alignment.judge(model, tokenizer, valid)}
        export.write_json(options.model / "evaluation.json", result)
        return
    trained = {language: {corpus.key(pair.english) for pair in read_pairs(options.data, language)[0]} for language in valid}
    everyday = [{"english": text, **{language: translate(model, tokenizer, [text], language)[0] for language in valid},
                 "trained_on": {language: corpus.key(text) in trained[language] for language in valid}} for text in EVERYDAY]
    result = {
        "model": "translator",
        "about": "held-out pairs (no English sentence of theirs was trained on), greedy (beside it by beams), at the shipped weights; BLEU on words, or on characters for Chinese",
        "languages": {language: judge(model, tokenizer, pairs[:: max(1, -(-len(pairs) // options.most))], language)
                      for language, pairs in valid.items()},
        "everyday": everyday,
        "alignment": alignment.judge(model, tokenizer, valid),
    }
    export.write_json(options.model / "evaluation.json", result)
    print(json.dumps({language: {name: value for name, value in facts.items() if name != "samples"}
                      for language, facts in result["languages"].items()}, indent=1))
    print(json.dumps({"everyday": everyday, "alignment": result["alignment"]["best_head"], "missed": result["alignment"]["missed"]},
                     indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
