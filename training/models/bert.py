"""BERT (Devlin et al. 2019) with Hugging Face's parameter names, so that a state dict is the model file.

Post-norm blocks, learned positions (they begin as sines and cosines, so that heads find neighbours early), token types, exact GELU, a masked-language-model head tied to the embedding and
what can be read off [CLS]: the next-sentence head, or a class; or a label for each token.
"""
from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from training.models.gpt2 import waves


@dataclass(frozen=True)
class Config:
    vocab_size: int = 9216
    max_position_embeddings: int = 128
    hidden_size: int = 192
    num_hidden_layers: int = 4
    num_attention_heads: int = 6
    intermediate_size: int = 768
    layer_norm_eps: float = 1e-12
    type_vocab_size: int = 2
    labels: tuple[str, ...] = ()
    """Names of the classes of a fine-tuned head."""

    def to_hugging_face(self, architecture: str = "BertForPreTraining") -> dict[str, object]:
        """The config.json of this model."""
        labels = {"id2label": {str(i): label for i, label in enumerate(self.labels)},
                  "label2id": {label: i for i, label in enumerate(self.labels)}} if self.labels else {}
        return {
            "model_type": "bert",
            "architectures": [architecture],
            "vocab_size": self.vocab_size,
            "max_position_embeddings": self.max_position_embeddings,
            "hidden_size": self.hidden_size,
            "num_hidden_layers": self.num_hidden_layers,
            "num_attention_heads": self.num_attention_heads,
            "intermediate_size": self.intermediate_size,
            "hidden_act": "gelu",
            "hidden_dropout_prob": 0.0,
            "attention_probs_dropout_prob": 0.0,
            "type_vocab_size": self.type_vocab_size,
            "layer_norm_eps": self.layer_norm_eps,
            "pad_token_id": 0,
            "position_embedding_type": "absolute",
            "initializer_range": 0.02,
            "tie_word_embeddings": True,
            "torch_dtype": "float16",
            **labels,
        }


def linear(size_in: int, size_out: int, std: float = 0.02) -> nn.Linear:
    layer = nn.Linear(size_in, size_out)
    nn.init.normal_(layer.weight, std=std)
    nn.init.zeros_(layer.bias)
    return layer


def together(x: Tensor, heads: int, *layers: nn.Linear) -> list[Tensor]:
    """What several layers make of x [batch, pos, d_model], as one product; each [batch, head, pos, d_head]."""
    weight, bias = torch.cat([layer.weight for layer in layers]), torch.cat([layer.bias for layer in layers])
    made = F.linear(x, weight, bias).view(*x.shape[:2], len(layers), heads, -1)
    return list(made.permute(2, 0, 3, 1, 4))


class Embeddings(nn.Module):
    def __init__(self, config: Config) -> None:
        super().__init__()
        self.word_embeddings = nn.Embedding(config.vocab_size, config.hidden_size)
        self.position_embeddings = nn.Embedding(config.max_position_embeddings, config.hidden_size)
        self.token_type_embeddings = nn.Embedding(config.type_vocab_size, config.hidden_size)
        self.LayerNorm = nn.LayerNorm(config.hidden_size, eps=config.layer_norm_eps)
        for table in (self.word_embeddings, self.position_embeddings, self.token_type_embeddings):
            nn.init.normal_(table.weight, std=0.02)
        self.position_embeddings.weight.data.copy_(
            waves(config.max_position_embeddings, config.hidden_size, amplitude=0.03))

    def forward(self, ids: Tensor, types: Tensor) -> Tensor:
        positions = self.position_embeddings.weight[: ids.shape[1]]
        return self.LayerNorm(self.word_embeddings(ids) + positions + self.token_type_embeddings(types))


class Attention(nn.Module):
    """The names `self` and `output` are Hugging Face's."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        width = config.hidden_size
        self.heads = config.num_attention_heads
        sharp = width**-0.5  # queries and keys: at 0.02 a narrow model's patterns begin, and long stay, uniform
        self.self = nn.ModuleDict({"query": linear(width, width, sharp), "key": linear(width, width, sharp), "value": linear(width, width)})
        self.output = nn.ModuleDict({"dense": linear(width, width), "LayerNorm": nn.LayerNorm(width, eps=config.layer_norm_eps)})

    def forward(self, x: Tensor, mask: Tensor, patterns: list[Tensor] | None) -> Tensor:
        batch, pos, width = x.shape
        q, k, v = together(x, self.heads, *(self.self[name] for name in ("query", "key", "value")))
        scores = q @ k.transpose(2, 3) / math.sqrt(width // self.heads) + mask
        pattern = scores.softmax(-1)  # [batch, head, query_pos, key_pos]
        if patterns is not None:
            patterns.append(pattern)
        z = (pattern @ v).transpose(1, 2).reshape(batch, pos, width)
        return self.output["LayerNorm"](x + self.output["dense"](z))


class Layer(nn.Module):
    def __init__(self, config: Config) -> None:
        super().__init__()
        width = config.hidden_size
        self.attention = Attention(config)
        self.intermediate = nn.ModuleDict({"dense": linear(width, config.intermediate_size)})
        self.output = nn.ModuleDict({"dense": linear(config.intermediate_size, width),
                                     "LayerNorm": nn.LayerNorm(width, eps=config.layer_norm_eps)})

    def forward(self, x: Tensor, mask: Tensor, patterns: list[Tensor] | None) -> Tensor:
        x = self.attention(x, mask, patterns)
        hidden = self.output["dense"](F.gelu(self.intermediate["dense"](x)))
        return self.output["LayerNorm"](x + hidden)


class Encoder(nn.Module):
    """The `bert` part: ids to one vector per token, and `pooled`, [CLS] through a dense layer and tanh."""

    def __init__(self, config: Config, pooler: bool = True) -> None:
        super().__init__()
        self.embeddings = Embeddings(config)
        self.encoder = nn.ModuleDict({"layer": nn.ModuleList(Layer(config) for _ in range(config.num_hidden_layers))})
        self.pooler = nn.ModuleDict({"dense": linear(config.hidden_size, config.hidden_size)}) if pooler else None

    def forward(self, ids: Tensor, types: Tensor | None = None, patterns: list[Tensor] | None = None) -> Tensor:
        """ids [batch, pos], 0 where padded → x [batch, pos, d_model]."""
        types = torch.zeros_like(ids) if types is None else types
        x = self.embeddings(ids, types)
        x = x.bfloat16() if torch.is_autocast_cpu_enabled() else x
        mask = torch.zeros(ids.shape, dtype=x.dtype, device=ids.device).masked_fill(ids == 0, -1e4)[:, None, None, :]
        for layer in self.encoder["layer"]:
            x = layer(x, mask, patterns)
        return x

    def pooled(self, x: Tensor) -> Tensor:
        return torch.tanh(self.pooler["dense"](x[:, 0]))


class PreTraining(nn.Module):
    """BertForPreTraining: `words` and `next_sentence` read the encoder's output."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.config = config
        width = config.hidden_size
        self.bert = Encoder(config)
        self.cls = nn.ModuleDict({
            "predictions": nn.ModuleDict({"transform": nn.ModuleDict({
                "dense": linear(width, width), "LayerNorm": nn.LayerNorm(width, eps=config.layer_norm_eps)})}),
            "seq_relationship": linear(width, 2),
        })
        self.cls["predictions"].register_parameter("bias", nn.Parameter(torch.zeros(config.vocab_size)))

    def words(self, x: Tensor) -> Tensor:
        """x [.., d_model] → logits [.., d_vocab]."""
        transform = self.cls["predictions"]["transform"]
        x = transform["LayerNorm"](F.gelu(transform["dense"](x)))
        return F.linear(x, self.bert.embeddings.word_embeddings.weight, self.cls["predictions"].bias)

    def next_sentence(self, x: Tensor) -> Tensor:
        """x [batch, pos, d_model] → logits [batch, 2]: 0 follows, 1 random."""
        return self.cls["seq_relationship"](self.bert.pooled(x))


class Classifier(nn.Module):
    """BertForSequenceClassification (`per_token` False) or BertForTokenClassification."""

    def __init__(self, config: Config, per_token: bool) -> None:
        super().__init__()
        self.config, self.per_token = config, per_token
        self.bert = Encoder(config, pooler=not per_token)
        self.classifier = linear(config.hidden_size, len(config.labels))

    def forward(self, ids: Tensor, patterns: list[Tensor] | None = None) -> Tensor:
        """ids [batch, pos] → logits [batch, label] or [batch, pos, label]."""
        x = self.bert(ids, None, patterns)
        return self.classifier(x if self.per_token else self.bert.pooled(x))
