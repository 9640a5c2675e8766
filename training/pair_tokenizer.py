"""The translator's tokenizer: BPE over Unicode characters, a space is part of the word after it (▁), every Chinese
character and every punctuation mark a token of its own. One vocabulary for English, French and Chinese.
"""
from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import regex

from training.bpe import merge, merge_frequent

LANGUAGES = {"zh": 3, "fr": 4}
SPECIALS = ("<pad>", "</s>", "<unk>", ">>zh<<", ">>fr<<")
PAD, END, UNK = 0, 1, 2
READ_AS = {" ": "▁", "‘": "'", "’": "'", "“": '"', "”": '"'}
"""A space is part of the word after it; curly quotes are read as straight ones, which is all that the corpora hold."""
HAN = "[\u3400-\u4dbf\u4e00-\u9fff]"
PRE_TOKEN = rf"{HAN}|▁?(?:(?!{HAN})[\p{{L}}\p{{M}}])+|▁?\p{{N}}|▁?[^\p{{L}}\p{{M}}\p{{N}}▁]|▁"
"""Pre-tokens; written without scripts and set operations, so that JavaScript reads it too."""


def cut(text: str) -> list[str]:
    """Pre-tokens of a text."""
    return regex.findall(PRE_TOKEN, text.translate(str.maketrans(READ_AS)))


class PairTokenizer:
    """Text ↔ ids, exactly as tokenizer.json says."""

    def __init__(self, characters: list[str], merges: list[tuple[str, str]]) -> None:
        self.characters, self.merges = characters, merges
        self.tokens = list(dict.fromkeys([*SPECIALS, *characters, *(left + right for left, right in merges)]))
        self.vocabulary = {token: index for index, token in enumerate(self.tokens)}
        self._ranks = {pair: rank for rank, pair in enumerate(merges)}
        self._cache: dict[str, list[int]] = {}

    def __len__(self) -> int:
        return len(self.tokens)

    def _encode_word(self, word: str) -> list[int]:
        symbols, last = list(word), len(self._ranks)
        while len(symbols) > 1:
            best = min(zip(symbols, symbols[1:]), key=lambda pair: self._ranks.get(pair, last))
            if best not in self._ranks:
                break
            symbols = merge(symbols, best)
        return [self.vocabulary.get(symbol, UNK) for symbol in symbols]

    def encode(self, text: str) -> list[int]:
        """Ids of a text, without the target-language token and the end."""
        ids: list[int] = []
        for word in cut(text):
            known = self._cache.get(word)
            if known is None:
                known = self._cache[word] = self._encode_word(word)
            ids.extend(known)
        return ids

    def decode(self, ids: Iterable[int]) -> str:
        return "".join(self.tokens[index] for index in ids if index >= len(SPECIALS)).replace("▁", " ").strip()

    def save(self, folder: Path, model_max_length: int) -> None:
        """Writes tokenizer.json (Hugging Face fast tokenizer), tokenizer_config.json, special_tokens_map.json."""
        special = {"single_word": False, "lstrip": False, "normalized": False, "special": True}
        fast = {
            "version": "1.0", "truncation": None, "padding": None,
            "added_tokens": [{"id": i, "content": token, "rstrip": i in LANGUAGES.values(), **special} for i, token in enumerate(SPECIALS)],
            "normalizer": {"type": "Sequence", "normalizers": [
                {"type": "Replace", "pattern": {"String": written}, "content": read} for written, read in READ_AS.items()]},
            "pre_tokenizer": {"type": "Split", "pattern": {"Regex": PRE_TOKEN}, "behavior": "Isolated", "invert": False},
            "post_processor": {
                "type": "TemplateProcessing",
                "single": [{"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "</s>", "type_id": 0}}],
                "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 0}},
                         {"SpecialToken": {"id": "</s>", "type_id": 0}}],
                "special_tokens": {"</s>": {"id": "</s>", "ids": [END], "tokens": ["</s>"]}},
            },
            "decoder": {"type": "Sequence", "decoders": [
                {"type": "Replace", "pattern": {"String": "▁"}, "content": " "}, {"type": "Fuse"}]},
            "model": {"type": "BPE", "dropout": None, "unk_token": "<unk>", "continuing_subword_prefix": None,
                      "end_of_word_suffix": None, "fuse_unk": False, "byte_fallback": False, "vocab": self.vocabulary,
                      "merges": [f"{left} {right}" for left, right in self.merges]},
        }
        names = {"pad_token": "<pad>", "eos_token": "</s>", "unk_token": "<unk>", "additional_special_tokens": [">>zh<<", ">>fr<<"]}
        config = {"tokenizer_class": "PreTrainedTokenizerFast", **names, "clean_up_tokenization_spaces": False,
                  "model_max_length": model_max_length}
        folder.mkdir(parents=True, exist_ok=True)
        for name, value in (("tokenizer.json", fast), ("tokenizer_config.json", config), ("special_tokens_map.json", names)):
            (folder / name).write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def learn(texts: Iterable[str], size: int, rare: int = 3) -> PairTokenizer:
    """Characters seen `rare` times or more, then merges inside pre-tokens until there are `size` tokens."""
    counts = Counter(word for text in texts for word in cut(text))
    characters: Counter[str] = Counter()
    for word, count in counts.items():
        for character in word:
            characters[character] += count
    kept = sorted(character for character, count in characters.items() if count >= rare)
    usable = [word for word in counts if len(word) > 1 and set(kept).issuperset(word)]
    merges = merge_frequent([list(word) for word in usable], [counts[word] for word in usable], size - len(kept) - len(SPECIALS))
    return PairTokenizer(kept, merges)


def load(path: Path) -> PairTokenizer:
    """Reads a tokenizer.json that `save` wrote."""
    model = json.loads(path.read_text(encoding="utf-8"))["model"]
    ordered = sorted(model["vocab"], key=model["vocab"].__getitem__)
    merges = [tuple(pair.split(" ")) for pair in model["merges"]]
    return PairTokenizer([token for token in ordered[len(SPECIALS):] if len(token) == 1], merges)
