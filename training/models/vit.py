"""ViT (Dosovitskiy et al. 2021) for small grey images, with Hugging Face's parameter names.

An image is cut into patches, each patch is a token, [CLS] stands first; pre-norm blocks, exact GELU.
"""
from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from training.models.bert import linear


@dataclass(frozen=True)
class Config:
    hidden_size: int = 64
    num_hidden_layers: int = 3
    num_attention_heads: int = 4
    intermediate_size: int = 256
    image_size: int = 28
    patch_size: int = 4
    num_channels: int = 1
    layer_norm_eps: float = 1e-12
    labels: tuple[str, ...] = tuple("0123456789")

    def to_hugging_face(self) -> dict[str, object]:
        """The config.json of this model."""
        return {
            "model_type": "vit",
            "architectures": ["ViTForImageClassification"],
            "hidden_size": self.hidden_size,
            "num_hidden_layers": self.num_hidden_layers,
            "num_attention_heads": self.num_attention_heads,
            "intermediate_size": self.intermediate_size,
            "hidden_act": "gelu",
            "hidden_dropout_prob": 0.0,
            "attention_probs_dropout_prob": 0.0,
            "initializer_range": 0.02,
            "layer_norm_eps": self.layer_norm_eps,
            "image_size": self.image_size,
            "patch_size": self.patch_size,
            "num_channels": self.num_channels,
            "qkv_bias": True,
            "id2label": {str(index): label for index, label in enumerate(self.labels)},
            "label2id": {label: index for index, label in enumerate(self.labels)},
            "torch_dtype": "float16",
        }


class Layer(nn.Module):
    def __init__(self, config: Config) -> None:
        super().__init__()
        width = config.hidden_size
        self.heads = config.num_attention_heads
        self.layernorm_before = nn.LayerNorm(width, eps=config.layer_norm_eps)
        self.attention = nn.ModuleDict({
            "attention": nn.ModuleDict({name: linear(width, width) for name in ("query", "key", "value")}),
            "output": nn.ModuleDict({"dense": linear(width, width)}),
        })
        self.layernorm_after = nn.LayerNorm(width, eps=config.layer_norm_eps)
        self.intermediate = nn.ModuleDict({"dense": linear(width, config.intermediate_size)})
        self.output = nn.ModuleDict({"dense": linear(config.intermediate_size, width)})

    def forward(self, x: Tensor, patterns: list[Tensor] | None) -> Tensor:
        batch, pos, width = x.shape
        normed = self.layernorm_before(x)
        q, k, v = (self.attention["attention"][name](normed).view(batch, pos, self.heads, -1).transpose(1, 2)
                   for name in ("query", "key", "value"))
        pattern = (q @ k.transpose(2, 3) / math.sqrt(width // self.heads)).softmax(-1)  # [batch, head, query_pos, key_pos]
        if patterns is not None:
            patterns.append(pattern)
        z = (pattern @ v).transpose(1, 2).reshape(batch, pos, width)
        x = x + self.attention["output"]["dense"](z)
        return x + self.output["dense"](F.gelu(self.intermediate["dense"](self.layernorm_after(x))))


class ViT(nn.Module):
    def __init__(self, config: Config) -> None:
        super().__init__()
        self.config = config
        width, patches = config.hidden_size, (config.image_size // config.patch_size) ** 2
        projection = nn.Conv2d(config.num_channels, width, config.patch_size, config.patch_size)
        embeddings = nn.ModuleDict({"patch_embeddings": nn.ModuleDict({"projection": projection})})
        embeddings.register_parameter("cls_token", nn.Parameter(torch.randn(1, 1, width) * 0.02))
        embeddings.register_parameter("position_embeddings", nn.Parameter(torch.randn(1, patches + 1, width) * 0.02))
        self.vit = nn.ModuleDict({
            "embeddings": embeddings,
            "encoder": nn.ModuleDict({"layer": nn.ModuleList(Layer(config) for _ in range(config.num_hidden_layers))}),
            "layernorm": nn.LayerNorm(width, eps=config.layer_norm_eps),
        })
        self.classifier = linear(width, len(config.labels))

    def forward(self, images: Tensor, patterns: list[Tensor] | None = None) -> Tensor:
        """images [batch, channel, height, width] in −1 … 1 → logits [batch, label]."""
        embeddings = self.vit["embeddings"]
        patches = embeddings["patch_embeddings"]["projection"](images).flatten(2).transpose(1, 2)  # [batch, patch, d_model]
        x = torch.cat([embeddings.cls_token.expand(len(images), -1, -1), patches], 1) + embeddings.position_embeddings
        for layer in self.vit["encoder"]["layer"]:
            x = layer(x, patterns)
        return self.classifier(self.vit["layernorm"](x[:, 0]))
