"""Reads the text corpora and splits them, always the same way, into training and validation documents.

A *document* is one Tatoeba sentence, one chapter or one fairy tale; it is a string whose paragraphs are
joined by a newline. Sources (how to obtain them: docs/models.md), each a gzip file below DATA/corpora:

    sentences-en.txt.gz    a sentence a line             Tatoeba Project, CC BY 2.0 FR
    prose-en.txt.gz        a paragraph a line, blank     40 novels and stories, public domain / CC0
                           line between chapters         (courtesy of Standard Ebooks)
    fairytales-en.txt.gz   a paragraph a line            278 tales as collected by FairytaleQA
"""
from __future__ import annotations

import gzip
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

ENGLISH = ("sentences-en", "prose-en", "fairytales-en")
"""The sources of the English mix, by file stem."""

_PLAIN = str.maketrans({
    "‘": "'", "’": "'", "“": '"', "”": '"',
    "\u2011": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ",
    "\u200a": None, "\u2060": None, "\ufeff": None, "\u200b": None, "\u200d": None, "\u00ad": None,
})


@dataclass(frozen=True)
class Split:
    """One source, split: documents to train on and documents to validate on."""

    source: str
    train: list[str]
    valid: list[str]


def clean(line: str) -> str:
    """Straight quotes as people type them, ordinary spaces, no invisible characters."""
    return re.sub(r"[ \t]+", " ", line.translate(_PLAIN)).strip()


def read_lines(path: Path) -> list[str]:
    """Every line of a gzip text file, cleaned; blank lines are kept as ''."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [clean(line) for line in file]


def read_documents(data: Path, source: str, paragraphs: int = 40) -> list[str]:
    """The distinct documents of one source.

    Sentence files hold one document a line. Files of prose are cut at blank lines, and every `paragraphs`
    paragraphs where a text has no blank line for longer than that.
    """
    lines = read_lines(data / "corpora" / f"{source}.txt.gz")
    if source.startswith("sentences"):
        return list(dict.fromkeys(line for line in lines if line))
    documents: list[list[str]] = [[]]
    for line in lines:
        if not line or len(documents[-1]) >= paragraphs:
            documents.append([])
        if line:
            documents[-1].append(line)
    return list(dict.fromkeys("\n".join(document) for document in documents if document))


def key(text: str) -> str:
    """What makes two texts the same one: their letters and digits, in lower case."""
    return "".join(character for character in text.lower() if character.isalnum())


def is_validation(text: str, per_mille: int) -> bool:
    """Whether a text belongs to the validation set: a hash of its key, so that no list has to be kept."""
    digest = hashlib.blake2b(key(text).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") % 1000 < per_mille


def split_documents(source: str, documents: list[str], per_mille: int) -> Split:
    """Splits by distinct document: `per_mille` of a thousand go to the validation set."""
    train: list[str] = []
    valid: list[str] = []
    for document in documents:
        (valid if is_validation(document, per_mille) else train).append(document)
    return Split(source, train, valid)


def _shingles(text: str, size: int) -> list[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return [tuple(words[start : start + size]) for start in range(len(words) - size + 1)]


def without_overlap(splits: list[Split], size: int = 13) -> list[Split]:
    """Drops each training paragraph that shares `size` consecutive words with any validation document.

    The collections overlap (the same tale may stand in two of them), so a split by document alone would leak.
    """
    held_out = {shingle for split in splits for document in split.valid for shingle in _shingles(document, size)}
    kept = []
    for split in splits:
        train = []
        for document in split.train:
            paragraphs = [p for p in document.split("\n") if held_out.isdisjoint(_shingles(p, size))]
            if paragraphs:
                train.append("\n".join(paragraphs))
        kept.append(Split(split.source, train, split.valid))
    return kept


def english(data: Path) -> list[Split]:
    """The English mix: one Split per source of ENGLISH (1 % of sentences and 2 % of chapters held out)."""
    splits = []
    for source in ENGLISH:
        per_mille = 10 if source.startswith("sentences") else 20
        splits.append(split_documents(source, read_documents(data, source), per_mille))
    return without_overlap(splits)


if __name__ == "__main__":
    import argparse

    parser = argparse.ArgumentParser(description="Prints how much text each source of the English mix holds.")
    parser.add_argument("--data", type=Path, required=True)
    for each in english(parser.parse_args().data):
        sizes = [sum(len(text.encode()) for text in part) for part in (each.train, each.valid)]
        print(f"{each.source}: {len(each.train)} train ({sizes[0]} bytes), {len(each.valid)} valid ({sizes[1]} bytes)")
