"""Reads the coreference sets that only judge (never train): Winograd schemas, Winogender, WinoBias.

Each item is a text with the character spans of the pronoun, of the right candidate's head noun and of the other's.
"""
from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Item:
    text: str
    pronoun: tuple[int, int]
    right: tuple[int, int]
    wrong: tuple[int, int]
    group: str


def _last_word(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """The head noun of a candidate: its last word (before 's), as a span of the same text."""
    part = re.sub(r"('s|s')$", "", text[slice(*span)].rstrip())
    words = list(re.finditer(r"\w+", part))
    return (span[0] + words[-1].start(), span[0] + words[-1].end()) if words else span


def winograd(path: Path) -> list[Item]:
    """Tokens joined by spaces (Chinese: by nothing); candidates' head nouns are their last words."""
    items = []
    for line in path.read_text(encoding="utf-8").splitlines():
        language, _, _, _, tokens, pronoun, candidates = line.split("\t")
        space = "" if language in ("zh", "jp") else " "
        words = json.loads(tokens)
        starts = [sum(len(word) + len(space) for word in words[:place]) for place in range(len(words) + 1)]

        def span(places: list[int]) -> tuple[int, int]:
            return starts[places[0]], starts[places[1]] - len(space)

        text = space.join(words)
        ends: dict[bool, tuple[int, int]] = {}
        for _, places, _, right in json.loads(candidates):
            whole = span(places)
            ends.setdefault(bool(right), (whole[1] - 1, whole[1]) if not space else _last_word(text, whole))
        if len(ends) == 2:
            items.append(Item(text, span(json.loads(pronoun)[1]), ends[True], ends[False], language))
    return items


def _find(text: str, word: str) -> tuple[int, int] | None:
    found = re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE)
    return found.span() if found else None


def winogender(folder: Path) -> list[Item]:
    """sentid occupation.participant.answer.gender: answer 0 is the occupation, 1 the participant; 'someone' is left out."""
    items = []
    for line in (folder / "all_sentences.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        name, text = line.split("\t")
        occupation, participant, answer, gender, _ = name.split(".")
        spans = [_find(text, word) for word in (occupation, participant)]
        pronoun = re.search(r"\b(he|she|they|his|her|their|him|them)\b", text, re.IGNORECASE)
        if pronoun and spans[0] and spans[1]:
            right, wrong = spans if answer == "0" else spans[::-1]
            items.append(Item(text, pronoun.span(), right, wrong, gender))
    return items


def winobias(folder: Path) -> list[Item]:
    """Lines "[The developer] argued with the designer because [he] …"; the other candidate is the other occupation."""
    lines = [(path.name.split("_stereotyped_")[0] + " " + path.name.split(".")[0][-5:], line.split(" ", 1)[1])
             for path in sorted(folder.glob("*.txt.dev")) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    occupations = {found.group(1).lower() for _, line in lines for found in re.finditer(r"\[[Tt]he ([\w ]+?)\]", line)}
    items = []
    for group, line in lines:
        text, spans = "", []
        for piece in re.split(r"(\[.*?\])", line):
            if piece.startswith("["):
                spans.append((len(text), len(text) + len(piece) - 2))
                piece = piece[1:-1]
            text += piece
        pronoun = next((span for span in spans if text[slice(*span)].lower() in ("he", "she", "his", "her", "him")), None)
        right = next((span for span in spans if span != pronoun), None)
        if not pronoun or not right:
            continue
        found = [span for name in occupations if (span := _find(text, name)) and (span[1] <= right[0] or span[0] >= right[1])]
        if found:
            items.append(Item(text, pronoun, _last_word(text, right), _last_word(text, max(found, key=lambda s: s[1] - s[0])), group))
    return items
