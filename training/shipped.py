"""Loads the shipped models (public/models/<id>) back into PyTorch, as the evaluations judge them."""
from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from training import pair_tokenizer, safetensors_io, wordpiece
from training.models import bert, pegasus, vit


def tensors_of(model: nn.Module) -> dict[str, np.ndarray]:
    """Parameters and stored buffers by name, as NumPy arrays."""
    return {name: values.detach().cpu().float().numpy().copy() for name, values in model.state_dict().items()}


def load_tensors(model: nn.Module, tensors: dict[str, np.ndarray]) -> nn.Module:
    model.load_state_dict({name: torch.from_numpy(values.copy()) for name, values in tensors.items()})
    return model.eval()


def read_config(folder: Path) -> dict[str, object]:
    return json.loads((folder / "config.json").read_text(encoding="utf-8"))


def read_evaluation(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "evaluation.json").read_text(encoding="utf-8"))


def bert_config(stored: dict[str, object], labels: tuple[str, ...] = ()) -> bert.Config:
    names = [name for name in bert.Config.__dataclass_fields__ if name != "labels"]
    return bert.Config(**{name: stored[name] for name in names}, labels=labels)


def masked(folder: Path) -> tuple[bert.PreTraining, wordpiece.WordPiece]:
    model = bert.PreTraining(bert_config(read_config(folder)))
    load_tensors(model, safetensors_io.read(folder / "model.safetensors.gz"))
    return model, wordpiece.load(folder / "tokenizer.json")


def classifier(folder: Path) -> tuple[bert.Classifier, wordpiece.WordPiece]:
    """A fine-tuned model: one label a text, or one a token."""
    stored = read_config(folder)
    labels = tuple(stored["id2label"][str(index)] for index in range(len(stored["id2label"])))
    model = bert.Classifier(bert_config(stored, labels), stored["architectures"] == ["BertForTokenClassification"])
    load_tensors(model, safetensors_io.read(folder / "model.safetensors.gz"))
    return model, wordpiece.load(folder / "tokenizer.json")


def translator(folder: Path) -> tuple[pegasus.Pegasus, pair_tokenizer.PairTokenizer]:
    stored = read_config(folder)
    config = pegasus.Config(vocab_size=stored["vocab_size"], d_model=stored["d_model"], layers=stored["encoder_layers"],
                            heads=stored["encoder_attention_heads"], ffn=stored["encoder_ffn_dim"],
                            max_position_embeddings=stored["max_position_embeddings"])
    model = load_tensors(pegasus.Pegasus(config), safetensors_io.read(folder / "model.safetensors.gz"))
    return model, pair_tokenizer.load(folder / "tokenizer.json")


def digits(folder: Path) -> vit.ViT:
    return load_tensors(vit.ViT(vit.Config()), safetensors_io.read(folder / "model.safetensors.gz"))
