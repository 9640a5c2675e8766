"""Pegasus (Zhang et al. 2020): an encoder–decoder with pre-norm blocks, with Hugging Face's parameter names.

Sinusoidal positions (all sines, then all cosines), embeddings × √d_model, one table for source, target and output.
"""
from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from training.models.bert import together

PAD, END = 0, 1


@dataclass(frozen=True)
class Config:
    vocab_size: int = 7168
    d_model: int = 192
    layers: int = 3
    heads: int = 6
    ffn: int = 768
    max_position_embeddings: int = 128

    def to_hugging_face(self) -> dict[str, object]:
        """The config.json of this model."""
        return {
            "model_type": "pegasus",
            "architectures": ["PegasusForConditionalGeneration"],
            "vocab_size": self.vocab_size,
            "d_model": self.d_model,
            "encoder_layers": self.layers,
            "decoder_layers": self.layers,
            "encoder_attention_heads": self.heads,
            "decoder_attention_heads": self.heads,
            "encoder_ffn_dim": self.ffn,
            "decoder_ffn_dim": self.ffn,
            "num_hidden_layers": self.layers,
            "max_position_embeddings": self.max_position_embeddings,
            "activation_function": "relu",
            "scale_embedding": True,
            "dropout": 0.0,
            "attention_dropout": 0.0,
            "activation_dropout": 0.0,
            "encoder_layerdrop": 0.0,
            "decoder_layerdrop": 0.0,
            "init_std": 0.02,
            "is_encoder_decoder": True,
            "use_cache": True,
            "tie_word_embeddings": True,
            "pad_token_id": PAD,
            "eos_token_id": END,
            "forced_eos_token_id": END,
            "decoder_start_token_id": PAD,
            "torch_dtype": "float16",
        }


def sinusoids(length: int, width: int) -> Tensor:
    """[pos, d_model]: sin(pos / 10000^(2i/d_model)) in the first half, the cosines in the second."""
    angles = torch.arange(length)[:, None] / 10000 ** (torch.arange(0, width, 2) / width)
    return torch.cat([angles.sin(), angles.cos()], -1)


class Attention(nn.Module):
    def __init__(self, config: Config) -> None:
        super().__init__()
        self.heads = config.heads
        self.k_proj, self.v_proj, self.q_proj, self.out_proj = (nn.Linear(config.d_model, config.d_model) for _ in range(4))
        for layer in (self.k_proj, self.v_proj, self.q_proj, self.out_proj):
            nn.init.xavier_uniform_(layer.weight)
            nn.init.zeros_(layer.bias)

    def forward(self, x: Tensor, keys: Tensor, mask: Tensor, patterns: list[Tensor] | None) -> Tensor:
        """x [batch, query_pos, d_model], keys [batch, key_pos, d_model]."""
        batch, pos, width = x.shape
        if keys is x:
            q, k, v = together(x, self.heads, self.q_proj, self.k_proj, self.v_proj)
        else:
            (q,), (k, v) = together(x, self.heads, self.q_proj), together(keys, self.heads, self.k_proj, self.v_proj)
        pattern = (q @ k.transpose(2, 3) / math.sqrt(width // self.heads) + mask).softmax(-1)
        if patterns is not None:
            patterns.append(pattern)  # [batch, head, query_pos, key_pos]
        return self.out_proj((pattern @ v).transpose(1, 2).reshape(batch, pos, width))


class Layer(nn.Module):
    """An encoder layer; with `cross`, a decoder layer."""

    def __init__(self, config: Config, cross: bool) -> None:
        super().__init__()
        self.self_attn = Attention(config)
        self.self_attn_layer_norm = nn.LayerNorm(config.d_model)
        if cross:
            self.encoder_attn = Attention(config)
            self.encoder_attn_layer_norm = nn.LayerNorm(config.d_model)
        self.fc1, self.fc2 = nn.Linear(config.d_model, config.ffn), nn.Linear(config.ffn, config.d_model)
        self.final_layer_norm = nn.LayerNorm(config.d_model)
        for layer in (self.fc1, self.fc2):
            nn.init.xavier_uniform_(layer.weight)
            nn.init.zeros_(layer.bias)

    def forward(self, x: Tensor, mask: Tensor, source: Tensor | None, source_mask: Tensor | None,
                patterns: list[Tensor] | None, own: list[Tensor] | None) -> Tensor:
        normed = self.self_attn_layer_norm(x)
        x = x + self.self_attn(normed, normed, mask, own)
        if source is not None:
            normed = self.encoder_attn_layer_norm(x)
            x = x + self.encoder_attn(normed, source, source_mask, patterns)
        return x + self.fc2(F.relu(self.fc1(self.final_layer_norm(x))))


class Stack(nn.Module):
    def __init__(self, config: Config, cross: bool) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Layer(config, cross) for _ in range(config.layers))
        self.layer_norm = nn.LayerNorm(config.d_model)


class Pegasus(nn.Module):
    def __init__(self, config: Config) -> None:
        super().__init__()
        self.config = config
        self.model = nn.ModuleDict({
            "shared": nn.Embedding(config.vocab_size, config.d_model, padding_idx=PAD),
            "encoder": Stack(config, False),
            "decoder": Stack(config, True),
        })
        nn.init.normal_(self.model["shared"].weight, std=config.d_model**-0.5)
        with torch.no_grad():
            self.model["shared"].weight[PAD].zero_()  # the first input of the decoder: positions alone
        self.register_buffer("final_logits_bias", torch.zeros(1, config.vocab_size))
        self.register_buffer("positions", sinusoids(config.max_position_embeddings, config.d_model), persistent=False)

    def embed(self, ids: Tensor) -> Tensor:
        x = self.model["shared"](ids) * math.sqrt(self.config.d_model) + self.positions[: ids.shape[1]]
        return x.bfloat16() if torch.is_autocast_cpu_enabled() else x

    def encode(self, ids: Tensor, own: list[Tensor] | None = None) -> tuple[Tensor, Tensor]:
        """ids [batch, pos], 0 where padded → (source [batch, pos, d_model], its mask); `own` receives each layer's pattern."""
        x = self.embed(ids)
        mask = torch.zeros(ids.shape, dtype=x.dtype, device=ids.device).masked_fill(ids == PAD, -1e4)[:, None, None, :]
        for layer in self.model["encoder"].layers:
            x = layer(x, mask, None, None, None, own)
        return self.model["encoder"].layer_norm(x), mask

    def decode(self, ids: Tensor, source: Tensor, source_mask: Tensor, patterns: list[Tensor] | None = None,
               own: list[Tensor] | None = None) -> Tensor:
        """Decoder inputs (a PAD first) → x [batch, pos, d_model]; `patterns` receives each layer's cross-attention, `own` its self-attention."""
        pos = ids.shape[1]
        x = self.embed(ids)
        future = torch.full((pos, pos), -1e4, dtype=x.dtype, device=ids.device).triu(1)
        for layer in self.model["decoder"].layers:
            x = layer(x, future, source, source_mask, patterns, own)
        return self.model["decoder"].layer_norm(x)

    def words(self, x: Tensor) -> Tensor:
        """x [.., d_model] → logits [.., d_vocab]."""
        return F.linear(x, self.model["shared"].weight)
