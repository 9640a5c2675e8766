"""Sentences with one pronoun and two nouns it could stand for, made so that exactly one of them fits.

"The pony didn't enter the barn because it was too timid." At the pronoun the masked model is asked for its
antecedent. Some noun pairs and some sentence frames are held out (HELD_OUT_FRAMES, `held_out_pair`): training never
sees them, and the model is judged on them. `python3 -m training.grammar` prints examples, `--pairs` the held-out pairs
(kept in resolve_held_out.tsv).
"""
from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass

from training import grammar_words as words
from training.grammar_words import FAMILIES, Family

SHOWN = {("animal", "street"), ("restaurant", "sandwich"), ("restaurant", "bread"), ("chicken", "road"), ("dog", "street"),
         ("cat", "river"), ("horse", "bridge")}
"""Pairs of the sentences that the app shows, and their neighbours: always held out."""
HELD_OUT_SHARE = 0.1

FAIL_FRAMES = (
    "{S} {neg} {v} {O} {because} {p} {is}.",
    "{S} {neg} {v} {O} {because} {p} {is}.",
    "{S} {neg} {v} {O} {time} {because} {p} {is}.",
    "{time}, {S} {neg} {v} {O}, {because} {p} {is}.",
    "because {p} {is}, {S} {neg} {v} {O}.",
    "as {p} {is}, {S} {neg} {v} {O} {time}.",
    "{S} {neg} {v} {O}: {p} {is}.",
    "{S} {neg} {v} {O}. {p} {is}.",
    "{S} wanted to {v} {O}, but {p} {is}.",
    "{S} had to {v} {O}, but {p} {is}.",
    "{p} {is}, so {S} {neg} {v} {O}.",
    "{say} {S} {neg} {v} {O} {because} {p} {is}.",
    "{place}, {S} {neg} {v} {O}; {p} {is}.",
    "{O} {was_o} not {vpp} by {S} {because} {p} {is}.",
    "{O} could not be {vpp} by {S}, {because} {p} {is}.",
    "{S} refused to {v} {O} {because} {p} {is}.",
    "why? {S} {neg} {v} {O} because {p} {is}.",
    "there {was_o} {O} before {S}, but {p} {is}.",
    "{S} looked at {O}. {p} {is}.",
)
DEED_FRAMES = (
    "{S} {vd} {O} {because} {p} {is}.",
    "{S} {vd} {O} {because} {p} {is}.",
    "{S} {vd} {O} {time} {because} {p} {is}.",
    "{time}, {S} {vd} {O}, {because} {p} {is}.",
    "because {p} {is}, {S} {vd} {O}.",
    "as {p} {is}, {S} {vd} {O}.",
    "{p} {is}, so {S} {vd} {O}.",
    "{S} {vd} {O}: {p} {is}.",
    "{S} {vd} {O}. {p} {is}.",
    "{say} {S} {vd} {O} {because} {p} {is}.",
    "{O} {was_o} {vpp} by {S} {because} {p} {is}.",
    "{place}, {O} {was_o} {vpp} by {S}, {because} {p} {is}.",
    "{S} began to {v} {O} {because} {p} {is}.",
    "why? {S} {vd} {O} because {p} {is}.",
)
HELD_OUT_FRAMES = {
    True: (
        "the reason why {S} {neg} {v} {O} was that {p} {is}.",
        "{S} tried to {v} {O}, but gave up because {p} {is}.",
        "{S} {neg} {v} {O}, and this was because {p} {is}.",
        "{time} {O} {was_o} never {vpp} by {S}, since {p} {is}.",
        "{S} decided not to {v} {O} since {p} {is}, i am afraid.",
    ),
    False: (
        "the reason why {S} {vd} {O} was that {p} {is}.",
        "{S} {vd} {O} at once, and this was because {p} {is}.",
        "{S} decided to {v} {O} since {p} {is}, i believe.",
    ),
}
NEGATIONS = ("didn't", "did not", "couldn't", "could not", "wouldn't", "would not", "never could", "can't", "cannot",
             "won't", "will not")


@dataclass(frozen=True)
class Example:
    """A sentence in lower-case words; the pronoun and both nouns as character spans (start, end)."""

    text: str
    pronoun: tuple[int, int]
    antecedent: tuple[int, int]
    other: tuple[int, int]
    family: str
    pair: tuple[str, str]


def held_out_pair(pair: tuple[str, str]) -> bool:
    """Whether a (subject, object) pair is never trained on; the pair the other way round is not either."""
    if pair in SHOWN or pair[::-1] in SHOWN:
        return True
    digest = hashlib.blake2b(" ".join(sorted(pair)).encode(), digest_size=8, key=b"pairs 1").digest()
    return int.from_bytes(digest, "big") % 1000 < HELD_OUT_SHARE * 1000


def _pronoun(noun: str, many: bool, rng: random.Random) -> str:
    if many:
        return "they"
    if noun in words.MALE or noun in words.MALE_NAMES:
        return "he"
    if noun in words.FEMALE or noun in words.FEMALE_NAMES:
        return "she"
    return rng.choice(("he", "she")) if noun in words.PEOPLE else "it"


def _phrase(noun: str, many: bool, rng: random.Random) -> str:
    """Article, perhaps an adjective, and the noun between two marks that are removed later."""
    if noun in words.MALE_NAMES or noun in words.FEMALE_NAMES:
        return f"\x02{noun}\x03"
    adjective = f"{rng.choice(words.SIZES)} " if rng.random() < 0.2 else ""
    article = rng.choice(words.ARTICLES)
    if many:
        article = {"a": "some", "this": "these", "that": "those"}.get(article, article)
    elif article == "a" and (adjective or noun)[0] in "aeiou":
        article = "an"
    return f"{article} {adjective}\x02{words.plural(noun) if many else noun}\x03"


def _predicate(text: str, many: bool, present: bool, rng: random.Random) -> str:
    phrase = text.replace("_", " ")
    be = ("are" if many else "is") if present else ("were" if many else "was")
    if phrase.startswith("="):
        phrase = phrase[1:]
        if phrase.startswith("was "):
            return f"{be} {phrase[4:]}"
        return phrase.replace("only sells", "only sell").replace("only serves", "only serve") \
            .replace("only makes", "only make").replace("only opens", "only open") if many else phrase
    return " ".join(f"{be} {rng.choice(words.DEGREES)} {phrase}".split())


def draw_pair(family: Family, rng: random.Random) -> tuple[str, str]:
    """A subject and an object; among people, sometimes names."""
    subjects, objects = family.subjects, family.objects
    if family.name in ("help", "thank", "punish") and rng.random() < 0.3:
        subjects, objects = words.MALE_NAMES, words.FEMALE_NAMES
        if rng.random() < 0.5:
            subjects, objects = objects, subjects
    while True:
        pair = (rng.choice(subjects), rng.choice(objects))
        if pair[0] != pair[1]:
            return pair


def make(family: Family, pair: tuple[str, str], frame: str, rng: random.Random, of_subject: bool | None = None) -> Example:
    """One sentence; `of_subject`: which of the two the pronoun stands for (drawn where None)."""
    if of_subject is None:
        of_subject = rng.random() < 0.5
    many = [noun not in words.UNCOUNTABLE and noun not in words.MALE_NAMES and noun not in words.FEMALE_NAMES
            and rng.random() < 0.15 for noun in pair]
    phrases = [_phrase(noun, number, rng) for noun, number in zip(pair, many)]
    which = 0 if of_subject else 1
    present = rng.random() < 0.15
    verb = rng.choice(family.verbs)
    text = frame.format(
        S=phrases[0], O=phrases[1], v=verb[0], vd=verb[1], vpp=verb[2], neg=rng.choice(NEGATIONS),
        because=rng.choice(words.BECAUSE), p=f"\x04{_pronoun(pair[which], many[which], rng)}\x05",
        time=rng.choice(words.TIMES), place=rng.choice(words.PLACES), say=rng.choice(words.SAYERS),
        was_o="were" if many[1] else "was",
        **{"is": _predicate(rng.choice(family.of_subject if of_subject else family.of_object), many[which], present, rng)})
    if rng.random() < 0.15:
        text = f"{rng.choice(words.OPENINGS).lower()} {text}"
    if rng.random() < 0.1:
        text = f"{text} {rng.choice(words.ENDINGS).lower()}"
    return _example(text, family.name, pair, of_subject)


def _example(marked: str, family: str, pair: tuple[str, str], of_subject: bool) -> Example:
    """Takes the marks out and keeps their places; the subject's noun may stand second (passive sentences)."""
    text, nouns, pronoun, start = "", [], (0, 0), 0
    for character in marked:
        if character in "\x02\x04":
            start = len(text)
        elif character == "\x03":
            nouns.append((start, len(text)))
        elif character == "\x05":
            pronoun = (start, len(text))
        else:
            text += character
    subject = next(index for index, (begin, end) in enumerate(nouns) if text[begin:end] in (pair[0], words.plural(pair[0])))
    antecedent = subject if of_subject else 1 - subject
    return Example(text, pronoun, nouns[antecedent], nouns[1 - antecedent], family, pair)


def train_example(rng: random.Random) -> Example:
    """A sentence from the frames and pairs that are not held out."""
    family = rng.choice(FAMILIES)
    pair = draw_pair(family, rng)
    while held_out_pair(pair):
        pair = draw_pair(family, rng)
    return make(family, pair, rng.choice(FAIL_FRAMES if family.fails else DEED_FRAMES), rng)


def judged_example(rng: random.Random, by: str) -> Example:
    """by 'pairs': a held-out pair in a trained frame; by 'templates': a trained pair in a held-out frame."""
    family = rng.choice(FAMILIES)
    pair = draw_pair(family, rng)
    while held_out_pair(pair) != (by == "pairs"):
        pair = draw_pair(family, rng)
    trained = FAIL_FRAMES if family.fails else DEED_FRAMES
    return make(family, pair, rng.choice(trained if by == "pairs" else HELD_OUT_FRAMES[family.fails]), rng)


def held_out_pairs() -> list[tuple[str, str, str]]:
    """(family, subject, object) of every pair held out."""
    return [(family.name, subject, thing) for family in FAMILIES for subject in family.subjects
            for thing in family.objects if subject != thing and held_out_pair((subject, thing))]


def vocabulary() -> set[str]:
    """The nouns, pronouns and adjectives that ought to be whole words of the tokenizer."""
    nouns = {noun for family in FAMILIES for noun in (*family.subjects, *family.objects)}
    nouns |= {words.plural(noun) for noun in nouns} | {*words.MALE_NAMES, *words.FEMALE_NAMES}
    predicates = {word for family in FAMILIES for text in (*family.of_subject, *family.of_object)
                  for word in text.strip("=").split("_")}
    return nouns | predicates | {"he", "she", "it", "they", "because", "too"}


def main() -> None:
    import argparse

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", action="store_true", help="print the held-out pairs (family, subject, object)")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.pairs:
        print("\n".join("\t".join(pair) for pair in held_out_pairs()))
        return
    rng = random.Random(options.seed)
    for example in [train_example(rng) for _ in range(30)] + [judged_example(rng, "templates") for _ in range(5)]:
        spans = [example.text[slice(*span)] for span in (example.pronoun, example.antecedent, example.other)]
        print(example.text, spans)


if __name__ == "__main__":
    main()
