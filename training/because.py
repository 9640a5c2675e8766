"""Sentences of our own about who was too tired and what was too wide: "The pony didn't enter the barn because it
was too timid." The corpora hold few of them, and people type them into an attention viewer first.

The property always fits exactly one of the two nouns. Two sentences that the app's lessons show are never made.
"""
from __future__ import annotations

import random

WHO = """animal dog cat horse pony donkey cow goat sheep lamb pig fox wolf bear rabbit mouse hen duck goose swan bird kitten
puppy child boy girl baby man woman farmer soldier sailor teacher student old_man old_woman traveller hunter""".split()
PERSONS = set("child boy girl baby man woman farmer soldier sailor teacher student old_man old_woman traveller hunter".split())
STATES = """tired hungry thirsty frightened scared sleepy weak lazy timid young ill sick shy proud angry afraid busy
cold""".split()
ACTIONS: dict[tuple[str, ...], tuple[tuple[str, ...], tuple[str, ...]]] = {
    ("cross", "go over", "walk across"): (
        ("street", "road", "river", "bridge", "field", "stream", "square", "valley", "ice"),
        ("wide", "dangerous", "long", "busy with carts", "slippery", "broad")),
    ("climb", "go up", "get over"): (
        ("hill", "mountain", "wall", "tree", "fence", "ladder", "tower", "rock"),
        ("high", "steep", "tall", "smooth", "slippery", "icy")),
    ("swim in", "jump into", "go into"): (
        ("lake", "pond", "river", "sea", "pool", "water"), ("deep", "dirty", "rough", "muddy", "icy")),
    ("eat", "swallow", "finish"): (
        ("apple", "cake", "soup", "bread", "meat", "fish", "pear", "carrot"),
        ("hot", "salty", "hard", "sour", "big", "bitter", "dry")),
    ("carry", "lift", "pull", "move"): (
        ("box", "basket", "sack", "stone", "chest", "cart", "table", "log"),
        ("heavy", "big", "full", "large", "broad")),
    ("enter", "sleep in", "stay in"): (
        ("house", "barn", "cave", "room", "cellar", "hut", "forest", "garden"),
        ("dark", "small", "narrow", "noisy", "crowded", "damp")),
}
SHOWN = {"The animal didn't cross the street because it was too tired.",
         "The animal didn't cross the street because it was too wide."}
NEGATIONS = ("didn't", "could not", "couldn't", "did not", "would not", "wouldn't", "never")


def pronoun(noun: str, rng: random.Random) -> str:
    if noun in ("boy", "man", "old_man", "farmer", "soldier", "sailor", "hunter"):
        return "he"
    if noun in ("girl", "woman", "old_woman"):
        return "she"
    return rng.choice(("he", "she")) if noun in PERSONS else "it"


def sentence(rng: random.Random) -> str:
    """One sentence."""
    who = rng.choice(WHO)
    verbs = rng.choice(list(ACTIONS))
    things, properties = ACTIONS[verbs]
    verb, thing = rng.choice(verbs), rng.choice(things)
    who_text = who.replace("_", " ")
    of_who = rng.random() < 0.5
    reason = f"{pronoun(who, rng) if of_who else 'it'} was too {rng.choice(STATES if of_who else properties)}"
    negation = rng.choice(NEGATIONS)
    past = {"never": "never could "}.get(negation, f"{negation} ") + verb
    shape = rng.randrange(8)
    if shape == 0:
        text = f"Because {reason}, the {who_text} {past} the {thing}."
    elif shape == 1:
        text = f"The {who_text} {past} the {thing}, for {reason}."
    elif shape == 2:
        text = f"The {who_text} {past} the {thing}: {reason}."
    elif shape == 3:
        text = f"Why? The {who_text} {past} the {thing} since {reason}."
    else:
        text = f"The {who_text} {past} the {thing} because {reason}."
    return text if text not in SHOWN else sentence(rng)


def sentences(count: int, seed: int) -> list[str]:
    """`count` distinct sentences, the same for the same seed."""
    rng = random.Random(seed)
    found: dict[str, None] = {}
    while len(found) < count:
        found[sentence(rng)] = None
    return list(found)


if __name__ == "__main__":
    print("\n".join(sentences(20, 1)))
