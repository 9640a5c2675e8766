"""chrF (Popović 2015) and BLEU (Papineni et al. 2002) of a corpus, as sacreBLEU defines them."""
from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence


def _grams(items: Sequence[str], size: int) -> Counter[tuple[str, ...]]:
    return Counter(tuple(items[start : start + size]) for start in range(len(items) - size + 1))


def chrf(outputs: Sequence[str], references: Sequence[str], order: int = 6, beta: float = 2.0) -> float:
    """Character n-gram F-score, 0 to 100: n = 1 … order, recall counts beta² times, white space removed."""
    matched, made, wanted = [0] * order, [0] * order, [0] * order
    for output, reference in zip(outputs, references):
        for size in range(1, order + 1):
            ours, theirs = (_grams("".join(text.split()), size) for text in (output, reference))
            matched[size - 1] += sum((ours & theirs).values())
            made[size - 1] += sum(ours.values())
            wanted[size - 1] += sum(theirs.values())
    used = [size for size in range(order) if made[size] and wanted[size]]
    if not used:
        return 0.0
    precision = sum(matched[size] / made[size] for size in used) / len(used)
    recall = sum(matched[size] / wanted[size] for size in used) / len(used)
    if precision + recall == 0:
        return 0.0
    return 100 * (1 + beta**2) * precision * recall / (beta**2 * precision + recall)


def split_words(text: str) -> list[str]:
    """Words, punctuation marks and Chinese characters."""
    return re.findall(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+|[^\w\s]", text)


def bleu(outputs: Sequence[str], references: Sequence[Sequence[str]], order: int = 4) -> float:
    """Corpus BLEU, 0 to 100, with one or more references a sentence; items are `split_words`."""
    matched, made = [0] * order, [0] * order
    ours_length = theirs_length = 0
    for output, options in zip(outputs, references):
        ours, theirs = split_words(output), [split_words(option) for option in options]
        ours_length += len(ours)
        theirs_length += min((abs(len(words) - len(ours)), len(words)) for words in theirs)[1]
        for size in range(1, order + 1):
            allowed: Counter[tuple[str, ...]] = Counter()
            for words in theirs:
                allowed |= _grams(words, size)
            grams = _grams(ours, size)
            matched[size - 1] += sum((grams & allowed).values())
            made[size - 1] += sum(grams.values())
    if not all(matched):
        return 0.0
    precision = sum(math.log(m / n) for m, n in zip(matched, made)) / order
    return 100 * math.exp(precision + min(0.0, 1 - theirs_length / ours_length))
