"""Sentences of our own for the two fine-tuned models, some of their templates held out.

Sentiment: praise and complaint, where a negation, a contrast or an expectation may turn the meaning round.
Entities: persons, places and organisations, some with names that could be two of these (Washington, Chelsea).
"""
from __future__ import annotations

import random
import re
from dataclasses import dataclass

SENTIMENT = ("negative", "positive")
ENTITIES = ("none", "person", "place", "organisation")

GOOD = """good great excellent wonderful lovely nice delicious beautiful perfect charming brilliant pleasant superb delightful
fantastic amazing funny clever friendly comfortable interesting enjoyable fresh clean""".split()
BAD = """bad awful terrible horrible boring ugly nasty disgusting dreadful dull poor rude dirty stupid unpleasant disappointing
miserable cold stale annoying tedious cheap broken useless""".split()
THINGS = """film book story hotel room food soup service waiter restaurant dinner music song concert play teacher lesson game
house garden trip museum show coffee cake place bed view picture party holiday shop staff weather""".split()
LIKE = {True: "love enjoy like admire recommend".split(), False: "hate dislike despise regret".split()}
LIKED = {True: "loved enjoyed liked admired praised".split(), False: "hated disliked despised regretted".split()}
AGAIN = {True: ["we will come again", "i want to go back", "you should go there", "i smiled all day", "it was worth every penny"],
         False: ["we will never come again", "i want my money back", "you should stay away", "i nearly cried", "it was a waste of time"]}
DEGREES = ("", "very ", "really ", "so ", "quite ", "truly ", "absolutely ")

# {a}: an adjective of the label; {x}: one of the opposite; {l} {ld}: to like or to hate; {w} {wd}: the opposite.
SENTIMENT_TEMPLATES = (
    "the {t} was {d}{a}.", "i {ld} the {t}.", "i did not {w} the {t}.", "the {t} was not {x} at all.", "what a {a} {t}!",
    "although the {t} was {x}, i {ld} it.", "the {t} was {x}, but the {u} was {d}{a} and {g}.", "i expected a {x} {t}, but it was {a}.",
    "i have never seen such a {a} {t}.", "{g} because the {t} was {d}{a}.", "the {t} was {d}{a} and the {u} was {a2}, so {g}.",
    "my friends {wd} the {t}. i {ld} it.", "the {t} isn't {x}.", "the {t} and the {u} were {d}{a}.", "{g}!", "we all {ld} this {a} {t}.",
    "it was {d}{a}.", "the {u} was {x} but not the {t}: it was {a}.", "i {l} this {t}.", "nobody {wd} the {t}.",
    "this is a {d}{a} {t}, and {g}.",
)
SENTIMENT_HELD_OUT = (
    "the {t} was far from {x}.", "everyone said that the {t} was {x}, but to me it was {a}.", "despite the {x} {t}, {g}.",
    "the {t}? {a}, and {g}.", "i don't {w} the {t}, and the {u} is {d}{a}.",
)

FIRST = """tom mary john jane peter alice paul anna george susan james emily david lucy robert laura henry helen charles kate
michael sarah florence victoria austin sydney""".split()
LAST = """smith brown jones miller taylor wilson white green hall king wood baker clark lewis young hill moore parker
washington jordan lincoln london""".split()
PLACES = """london paris boston berlin rome tokyo china france england america japan germany italy spain russia canada india
chicago york oxford cambridge africa europe australia scotland ireland beijing shanghai washington jordan florence sydney
victoria austin chelsea kyoto osaka moscow vienna athens egypt""".split()
KINDS = "bank university company hospital school museum church college newspaper hotel railway".split()
NAMED = """the_red_cross the_united_nations the_labour_party apple google the_times microsoft ford toyota the_post_office
the_royal_society chelsea arsenal the_daily_news the_ministry_of_health""".split()

ENTITY_TEMPLATES = (
    "{P} lives in {L}.", "{P} works for {O} in {L}.", "{O} opened an office in {L}.", "{P} flew from {L} to {L} yesterday.",
    "{P} met {P} in {L}.", "{P} is the head of {O}.", "last year {O} moved to {L}.", "{P} was born in {L} in the spring.",
    "have you ever been to {L}?", "{P} and {P} study at {O}.", "the train to {L} was late, so {P} missed the meeting.",
    "{O} gave {P} a prize.", "{P} left {O} and went to {L}.", "i wrote a letter to {P}.", "the river runs through {L}.",
    "{P} sold the house to {O}.", "we saw {P} near {O}.", "the people of {L} love {P}.", "{O} is in {L}.",
    "the dog was too tired to follow {P}.", "{O} and {O} became one company.", "in {L}, {P} wrote a book about {L}.",
    "he joined {O} when he was young.", "she said that {P} had gone home.", "it rained all day.", "the workers of {O} went home.",
    "my brother bought a new car.", "they work for {O}.", "{P} plays for {O}.", "she moved to {L} with {P}.", "nobody knew the answer.",
)
ENTITY_HELD_OUT = (
    "{P}, who works at {O}, comes from {L}.", "when {P} arrived in {L}, {O} had closed.", "the mayor of {L} thanked {O} and {P}.",
    "{O} sent {P} to {L} for a week.", "near {L} there is a farm where {P} grew up.",
)


@dataclass(frozen=True)
class Labelled:
    """A text and, for entities, spans (start, end, label); `label` is the sentence's label, or −1."""

    text: str
    label: int
    spans: tuple[tuple[int, int, int], ...] = ()


def sentiment(rng: random.Random, held_out: bool) -> Labelled:
    good = rng.random() < 0.5
    ours, opposite = (GOOD, BAD) if good else (BAD, GOOD)
    things = rng.sample(THINGS, 2)
    text = rng.choice(SENTIMENT_HELD_OUT if held_out else SENTIMENT_TEMPLATES).format(
        t=things[0], u=things[1], d=rng.choice(DEGREES), a=rng.choice(ours), a2=rng.choice(ours), x=rng.choice(opposite),
        l=rng.choice(LIKE[good]), ld=rng.choice(LIKED[good]), w=rng.choice(LIKE[not good]), wd=rng.choice(LIKED[not good]),
        g=rng.choice(AGAIN[good]))
    return Labelled(re.sub(r"\ba ([aeiou])", r"an \1", text), int(good))


def _name(kind: str, rng: random.Random) -> str:
    if kind == "P":
        return rng.choice((rng.choice(FIRST), f"{rng.choice(FIRST)} {rng.choice(LAST)}",
                           f"{rng.choice(('mr', 'mrs', 'doctor', 'professor'))} {rng.choice(LAST)}"))
    if kind == "L":
        return rng.choice(PLACES)
    return rng.choice((rng.choice(NAMED).replace("_", " "), f"{rng.choice(PLACES)} {rng.choice(KINDS)}",
                       f"the {rng.choice(KINDS)} of {rng.choice(PLACES)}", f"{rng.choice(LAST)} and sons"))


def entities(rng: random.Random, held_out: bool) -> Labelled:
    text, spans = "", []
    for piece in re.split(r"(\{[PLO]\})", rng.choice(ENTITY_HELD_OUT if held_out else ENTITY_TEMPLATES)):
        if re.fullmatch(r"\{[PLO]\}", piece):
            name = _name(piece[1], rng)
            spans.append((len(text), len(text) + len(name), 1 + "PLO".index(piece[1])))
            text += name
        else:
            text += piece
    return Labelled(text, -1, tuple(spans))
