"""A byte-level BPE tokenizer of the GPT-2 kind: training, encoding and the Hugging Face tokenizer.json.

Sennrich et al. 2016 (BPE), Radford et al. 2019 section 2.2 (on bytes, inside pre-tokens). Id 0 is
`<|endoftext|>`, ids 1 to 256 are the bytes, then one id per merge, in the order learned.
"""
from __future__ import annotations

import heapq
import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

import regex

END_OF_TEXT = "<|endoftext|>"
PRE_TOKEN = regex.compile(r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+")


def byte_alphabet() -> list[str]:
    """GPT-2's printable stand-in for each byte 0…255, indexed by byte."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    alphabet = {byte: chr(byte) for byte in printable}
    for extra, byte in enumerate(byte for byte in range(256) if byte not in alphabet):
        alphabet[byte] = chr(256 + extra)
    return [alphabet[byte] for byte in range(256)]


ALPHABET = byte_alphabet()


def to_symbols(text: str) -> str:
    """UTF-8 bytes of a text, each as its printable stand-in."""
    return "".join(ALPHABET[byte] for byte in text.encode())


def learn_merges(texts: Iterable[str], count: int) -> list[tuple[str, str]]:
    """Learns `count` merges: each time the most frequent adjacent pair (ties: the smaller pair)."""
    words = Counter(word for text in texts for word in PRE_TOKEN.findall(text))
    return merge_frequent([list(to_symbols(word)) for word in words], list(words.values()), count)


def merge_frequent(pieces: list[list[str]], weights: list[int], count: int) -> list[tuple[str, str]]:
    """The merges learned from words already cut into symbols, each word seen `weights` times; changes `pieces`.

    Pair counts are updated only in the words that hold the merged pair; the heap may hold stale counts,
    which are recognised when popped.
    """
    counts: Counter[tuple[str, str]] = Counter()
    where: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for index, piece in enumerate(pieces):
        for pair in zip(piece, piece[1:]):
            counts[pair] += weights[index]
            where[pair].add(index)
    heap = [(-number, pair) for pair, number in counts.items()]
    heapq.heapify(heap)
    merges: list[tuple[str, str]] = []
    while heap and len(merges) < count:
        negative, best = heapq.heappop(heap)
        if counts[best] != -negative:
            continue
        if counts[best] <= 0:
            break
        merges.append(best)
        changed: set[tuple[str, str]] = set()
        for index in where.pop(best):
            old, new = pieces[index], merge(pieces[index], best)
            for pair in zip(old, old[1:]):
                counts[pair] -= weights[index]
                changed.add(pair)
            for pair in zip(new, new[1:]):
                counts[pair] += weights[index]
                where[pair].add(index)
                changed.add(pair)
            pieces[index] = new
        for pair in changed:
            if counts[pair] > 0:
                heapq.heappush(heap, (-counts[pair], pair))
    return merges


def merge(symbols: list[str], pair: tuple[str, str]) -> list[str]:
    """Joins every occurrence of `pair`, from the left."""
    out: list[str] = []
    position = 0
    while position < len(symbols):
        if position + 1 < len(symbols) and (symbols[position], symbols[position + 1]) == pair:
            out.append(pair[0] + pair[1])
            position += 2
        else:
            out.append(symbols[position])
            position += 1
    return out


class Tokenizer:
    """Text ↔ ids, exactly as tokenizer.json says. Ids of `specials` come first."""

    def __init__(self, merges: list[tuple[str, str]], specials: tuple[str, ...] = (END_OF_TEXT,)) -> None:
        self.merges = merges
        self.specials = specials
        tokens = [*specials, *ALPHABET, *(left + right for left, right in merges)]
        self.vocabulary = {token: index for index, token in enumerate(tokens)}
        self.tokens = tokens
        self.end_of_text = self.vocabulary.get(END_OF_TEXT, 0)
        self._ranks = {pair: rank for rank, pair in enumerate(merges)}
        self._cache: dict[str, list[int]] = {}
        self._bytes = {symbol: byte for byte, symbol in enumerate(ALPHABET)}

    def __len__(self) -> int:
        return len(self.tokens)

    def _encode_word(self, word: str) -> list[int]:
        symbols = list(to_symbols(word))
        last = len(self._ranks)
        while len(symbols) > 1:
            best = min(zip(symbols, symbols[1:]), key=lambda pair: self._ranks.get(pair, last))
            if best not in self._ranks:
                break
            symbols = merge(symbols, best)
        return [self.vocabulary[symbol] for symbol in symbols]

    def encode(self, text: str) -> list[int]:
        """Ids of a text; special tokens are never read out of the text."""
        ids: list[int] = []
        for word in PRE_TOKEN.findall(text):
            known = self._cache.get(word)
            if known is None:
                known = self._cache[word] = self._encode_word(word)
            ids.extend(known)
        return ids

    def decode(self, ids: Iterable[int]) -> str:
        """Text of ids, specials left out; bytes that are no UTF-8 become U+FFFD."""
        symbols = "".join(self.tokens[index] for index in ids if self.tokens[index] not in self.specials)
        return bytes(self._bytes[symbol] for symbol in symbols).decode(errors="replace")

    def save(self, folder: Path, model_max_length: int) -> None:
        """Writes tokenizer.json (Hugging Face fast tokenizer) and tokenizer_config.json."""
        byte_level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
        special = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
        fast = {
            "version": "1.0",
            "truncation": None,
            "padding": None,
            "added_tokens": [{"id": i, "content": token, **special} for i, token in enumerate(self.specials)],
            "normalizer": None,
            "pre_tokenizer": byte_level,
            "post_processor": None,
            "decoder": byte_level,
            "model": {
                "type": "BPE",
                "dropout": None,
                "unk_token": None,
                "continuing_subword_prefix": None,
                "end_of_word_suffix": None,
                "fuse_unk": False,
                "byte_fallback": False,
                "vocab": self.vocabulary,
                "merges": [f"{left} {right}" for left, right in self.merges],
            },
        }
        config = {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "bos_token": END_OF_TEXT,
            "eos_token": END_OF_TEXT,
            "unk_token": END_OF_TEXT,
            "add_prefix_space": False,
            "clean_up_tokenization_spaces": False,
            "model_max_length": model_max_length,
        }
        folder.mkdir(parents=True, exist_ok=True)
        for name, value in (("tokenizer.json", fast), ("tokenizer_config.json", config)):
            (folder / name).write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def load(path: Path) -> Tokenizer:
    """Reads a tokenizer.json that `save` wrote."""
    fast = json.loads(path.read_text(encoding="utf-8"))
    merges = [tuple(merge.split(" ")) for merge in fast["model"]["merges"]]
    return Tokenizer(merges, tuple(token["content"] for token in fast["added_tokens"]))


def main() -> None:
    import argparse
    import time

    from training import corpus

    parser = argparse.ArgumentParser(description="Trains the tokenizer on the English mix (deterministic).")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("training/runs/tokenizer-en"))
    parser.add_argument("--vocabulary", type=int, default=4096)
    parser.add_argument("--seed", type=int, default=1, help="unused: no step is random")
    arguments = parser.parse_args()
    started = time.time()
    texts = [text for split in corpus.english(arguments.data) for text in split.train]
    print(f"{len(texts)} documents read, {time.time() - started:.0f} s", flush=True)
    tokenizer = Tokenizer(learn_merges(texts, arguments.vocabulary - 257))
    tokenizer.save(arguments.out, model_max_length=128)
    print(f"{len(tokenizer)} tokens written to {arguments.out}, {time.time() - started:.0f} s", flush=True)


if __name__ == "__main__":
    main()
