"""A WordPiece tokenizer of the BERT kind: lower case, no accents, every Chinese character a piece of its own.

Wu et al. 2016, Devlin et al. 2019. Pieces are learned by BPE merges inside words (as Hugging Face's trainer does) and
read by greedy longest match. Ids: five special tokens, characters, then pieces in the order learned.
"""
from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from training.bpe import merge_frequent

SPECIALS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
PAD, UNK, CLS, SEP, MASK = range(5)
STRAIGHT = {"‘": "'", "’": "'", "“": '"', "”": '"'}
"""Curly quotes are read as straight ones, which is all that the corpora hold."""
_START = "\x01"


def is_chinese(character: str) -> bool:
    """The ranges that Hugging Face's BertNormalizer sets apart."""
    code = ord(character)
    return any(low <= code <= high for low, high in (
        (0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B81F), (0x2B820, 0x2CEAF), (0xF900, 0xFAFF),
        (0x2F800, 0x2FA1F)))


def is_punctuation(character: str) -> bool:
    return character in "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~" or unicodedata.category(character).startswith("P")


def words(text: str) -> list[tuple[str, int, int]]:
    """(word, start, end) of a text, normalised: lower case, accents removed, Chinese characters and punctuation alone."""
    found: list[tuple[str, int, int]] = []
    open_word = False
    for place, character in enumerate(text.translate(str.maketrans(STRAIGHT))):
        alone = is_chinese(character) or is_punctuation(character)
        if character.isspace() or alone or unicodedata.category(character) in ("Cc", "Cf"):
            open_word = False
            if alone:
                found.append((character, place, place + 1))
            continue
        plain = "".join(part for part in unicodedata.normalize("NFD", character) if unicodedata.category(part) != "Mn").lower()
        if open_word:
            word, start, _ = found[-1]
            found[-1] = (word + plain, start, place + 1)
        elif plain:
            found.append((plain, place, place + 1))
            open_word = True
    return found


def learn(texts: Iterable[str], size: int, whole: Iterable[str] = (), rare: int = 2) -> list[str]:
    """A vocabulary of `size` pieces; `whole`: words that must be in it; characters seen under `rare` times are not."""
    counts = Counter(word for text in texts for word, _, _ in words(text))
    characters: Counter[str] = Counter()
    for word, count in counts.items():
        for character in word:
            characters[character] += count
    kept = sorted(character for character, count in characters.items() if count >= rare)
    pieces = [*SPECIALS, *kept, *("##" + character for character in kept if not is_chinese(character) and not is_punctuation(character))]
    known = dict.fromkeys([*pieces, *sorted(whole)])
    known_characters = set(kept)
    usable = [word for word in counts if len(word) > 1 and known_characters.issuperset(word)]
    cut = [[_START + word[0], *word[1:]] for word in usable]
    for left, right in merge_frequent(cut, [counts[word] for word in usable], size):
        if len(known) >= size:
            break
        joined = left + right
        known[joined[1:] if joined.startswith(_START) else "##" + joined] = None
    return list(known)


class WordPiece:
    """Text → ids, exactly as tokenizer.json says."""

    def __init__(self, pieces: list[str]) -> None:
        self.pieces = pieces
        self.vocabulary = {piece: index for index, piece in enumerate(pieces)}
        self._cut = lru_cache(maxsize=200_000)(self._cut_word)

    def __len__(self) -> int:
        return len(self.pieces)

    def _cut_word(self, word: str) -> tuple[int, ...]:
        ids: list[int] = []
        start = 0
        while start < len(word):
            for end in range(len(word), start, -1):
                piece = self.vocabulary.get(("##" if start else "") + word[start:end])
                if piece is not None:
                    break
            else:
                return (UNK,)
            ids.append(piece)
            start = end
        return tuple(ids)

    def encode(self, text: str) -> list[int]:
        """Ids of a text, without special tokens."""
        return [index for word, _, _ in words(text) for index in self._cut(word)]

    def encode_with_words(self, text: str) -> list[tuple[int, int, int]]:
        """(id, start, end): each id with the character span of the word that it belongs to."""
        return [(index, start, end) for word, start, end in words(text) for index in self._cut(word)]

    def save(self, folder: Path, model_max_length: int) -> None:
        """Writes tokenizer.json (Hugging Face fast tokenizer), tokenizer_config.json, special_tokens_map.json."""
        special = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
        fast = {
            "version": "1.0", "truncation": None, "padding": None,
            "added_tokens": [{"id": i, "content": token, **special} for i, token in enumerate(SPECIALS)],
            "normalizer": {"type": "Sequence", "normalizers": [
                *({"type": "Replace", "pattern": {"String": curly}, "content": straight} for curly, straight in STRAIGHT.items()),
                {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True, "strip_accents": True, "lowercase": True}]},
            "pre_tokenizer": {"type": "BertPreTokenizer"},
            "post_processor": {
                "type": "TemplateProcessing",
                "single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
                           {"SpecialToken": {"id": "[SEP]", "type_id": 0}}],
                "pair": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
                         {"SpecialToken": {"id": "[SEP]", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}},
                         {"SpecialToken": {"id": "[SEP]", "type_id": 1}}],
                "special_tokens": {token: {"id": token, "ids": [SPECIALS.index(token)], "tokens": [token]} for token in ("[CLS]", "[SEP]")},
            },
            "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": True},
            "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                      "max_input_chars_per_word": 100, "vocab": self.vocabulary},
        }
        names = dict(zip(("pad_token", "unk_token", "cls_token", "sep_token", "mask_token"), SPECIALS))
        config = {"tokenizer_class": "PreTrainedTokenizerFast", **names, "do_lower_case": True, "strip_accents": True,
                  "tokenize_chinese_chars": True, "clean_up_tokenization_spaces": True, "model_max_length": model_max_length}
        folder.mkdir(parents=True, exist_ok=True)
        for name, value in (("tokenizer.json", fast), ("tokenizer_config.json", config), ("special_tokens_map.json", names)):
            (folder / name).write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def load(path: Path) -> WordPiece:
    """Reads a tokenizer.json that `save` wrote."""
    vocabulary = json.loads(path.read_text(encoding="utf-8"))["model"]["vocab"]
    return WordPiece(sorted(vocabulary, key=vocabulary.__getitem__))


def main() -> None:
    import argparse
    import random

    from training import corpus, grammar, grammar_zh

    parser = argparse.ArgumentParser(description="Learns the masked model's vocabulary (deterministic).")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("training/runs/tokenizer-masked"))
    parser.add_argument("--size", type=int, default=9216)
    options = parser.parse_args()
    rng = random.Random(1)
    texts = [text for split in corpus.english(options.data) for text in split.train]
    texts += corpus.read_documents(options.data, "sentences-zh")
    texts += [module.train_example(rng).text for module in (grammar, grammar_zh) for _ in range(20_000)]
    WordPiece(learn(texts, options.size, grammar.vocabulary())).save(options.out, model_max_length=128)


if __name__ == "__main__":
    main()
