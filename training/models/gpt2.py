"""GPT-2 (Radford et al. 2019) with Hugging Face's parameter names, so that a state dict is the model file.

Pre-norm blocks, learned positions, tied output matrix, GELU by tanh, Conv1D weights stored [in, out].
"""
from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from training import mixed


@dataclass(frozen=True)
class Config:
    vocab_size: int = 4096
    n_positions: int = 128
    n_embd: int = 256
    n_layer: int = 4
    n_head: int = 8
    layer_norm_epsilon: float = 1e-5
    wave_positions: bool = False
    """Learned positions begin as sines and cosines rather than as noise (not part of config.json)."""
    initial: float | None = None
    """Standard deviation of matrices at the start, times √(inputs); None: 0.02 as in GPT-2, small for narrow models."""

    def std(self, size_in: int) -> float:
        """Standard deviation that a matrix begins with."""
        return 0.02 if self.initial is None else self.initial / math.sqrt(size_in)

    def residual_std(self, size_in: int) -> float:
        """The same for matrices that write to the residual stream: smaller by √(number of writers)."""
        return self.std(size_in) / math.sqrt(2 * self.n_layer)

    def to_hugging_face(self) -> dict[str, object]:
        """The config.json of this model."""
        return {
            "model_type": "gpt2",
            "architectures": ["GPT2LMHeadModel"],
            "vocab_size": self.vocab_size,
            "n_positions": self.n_positions,
            "n_ctx": self.n_positions,
            "n_embd": self.n_embd,
            "n_layer": self.n_layer,
            "n_head": self.n_head,
            "n_inner": None,
            "activation_function": "gelu_new",
            "layer_norm_epsilon": self.layer_norm_epsilon,
            "embd_pdrop": 0.0,
            "attn_pdrop": 0.0,
            "resid_pdrop": 0.0,
            "scale_attn_weights": True,
            "tie_word_embeddings": True,
            "bos_token_id": 0,
            "eos_token_id": 0,
            "initializer_range": 0.02,
            "torch_dtype": "float16",
            "use_cache": True,
        }


class Conv1D(nn.Module):
    """x [.., in] → x·weight + bias [.., out]; weight is [in, out]."""

    def __init__(self, size_in: int, size_out: int, std: float) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(size_in, size_out) * std)
        self.bias = nn.Parameter(torch.zeros(size_out))

    def forward(self, x: Tensor) -> Tensor:
        return mixed.affine(x, self.weight, self.bias)


class Attention(nn.Module):
    def __init__(self, config: Config) -> None:
        super().__init__()
        self.n_head = config.n_head
        self.c_attn = Conv1D(config.n_embd, 3 * config.n_embd, config.std(config.n_embd))
        self.c_proj = Conv1D(config.n_embd, config.n_embd, config.residual_std(config.n_embd))

    def forward(self, x: Tensor, future: Tensor, patterns: list[Tensor] | None) -> Tensor:
        batch, pos, d_model = x.shape
        d_head = d_model // self.n_head
        qkv = self.c_attn(x).view(batch, pos, 3, self.n_head, d_head).permute(2, 0, 3, 1, 4)
        q, k, v = qkv.contiguous().view(3, batch * self.n_head, pos, d_head).unbind(0)  # [batch·head, pos, d_head]
        scores = mixed.product(q / math.sqrt(d_head), k.transpose(1, 2)) + future
        pattern = scores.softmax(-1)  # [batch·head, query_pos, key_pos]
        if patterns is not None:
            patterns.append(pattern.view(batch, self.n_head, pos, pos))
        z = mixed.product(pattern, v).view(batch, self.n_head, pos, d_head)
        return self.c_proj(z.transpose(1, 2).reshape(batch, pos, d_model))


class MLP(nn.Module):
    def __init__(self, config: Config) -> None:
        super().__init__()
        self.c_fc = Conv1D(config.n_embd, 4 * config.n_embd, config.std(config.n_embd))
        self.c_proj = Conv1D(4 * config.n_embd, config.n_embd, config.residual_std(4 * config.n_embd))

    def forward(self, x: Tensor) -> Tensor:
        return self.c_proj(mixed.gelu_tanh(self.c_fc(x)))


class Block(nn.Module):
    def __init__(self, config: Config) -> None:
        super().__init__()
        self.ln_1 = nn.LayerNorm(config.n_embd, eps=config.layer_norm_epsilon)
        self.attn = Attention(config)
        self.ln_2 = nn.LayerNorm(config.n_embd, eps=config.layer_norm_epsilon)
        self.mlp = MLP(config)

    def forward(self, x: Tensor, future: Tensor, patterns: list[Tensor] | None) -> Tensor:
        x = x + self.attn(self.ln_1(x), future, patterns)
        return x + self.mlp(self.ln_2(x))


def waves(n_positions: int, d_model: int, fastest: float = 2.8, slowest: float = 1 / 64, amplitude: float = 0.08) -> Tensor:
    """[pos, d_model]: sin, cos of pos·ω, ω geometric from fastest to slowest (Vaswani et al. 2017: from 1 to 1/10000).

    Noise has no notion of "the one before" that a narrow head could read; waves have it from the first step, so
    previous-token heads, and with them induction heads, form in a short training.
    """
    speeds = fastest * (slowest / fastest) ** (torch.arange(0, d_model, 2) / d_model)
    angles = torch.arange(n_positions)[:, None] * speeds
    return amplitude * torch.stack([angles.sin(), angles.cos()], -1).view(n_positions, d_model)


class GPT2(nn.Module):
    def __init__(self, config: Config) -> None:
        super().__init__()
        self.config = config
        self.transformer = nn.ModuleDict({
            "wte": nn.Embedding(config.vocab_size, config.n_embd),
            "wpe": nn.Embedding(config.n_positions, config.n_embd),
            "h": nn.ModuleList(Block(config) for _ in range(config.n_layer)),
            "ln_f": nn.LayerNorm(config.n_embd, eps=config.layer_norm_epsilon),
        })
        nn.init.normal_(self.transformer["wte"].weight, std=0.02)
        if config.wave_positions:
            self.transformer["wpe"].weight.data.copy_(waves(config.n_positions, config.n_embd))
        else:
            nn.init.normal_(self.transformer["wpe"].weight, std=0.01)

    def forward(self, ids: Tensor, patterns: list[Tensor] | None = None) -> Tensor:
        """ids [batch, pos] → logits [batch, pos, d_vocab]; a list given receives each layer's pattern."""
        return mixed.affine(self.final(ids, patterns), self.transformer["wte"].weight.t(), None)

    def final(self, ids: Tensor, patterns: list[Tensor] | None = None) -> Tensor:
        """ids [batch, pos] → the last LayerNorm's output [batch, pos, d_model]."""
        pos = ids.shape[1]
        future = torch.full((pos, pos), -math.inf, device=ids.device).triu(1)  # added to the scores
        x = self.transformer["wte"](ids) + self.transformer["wpe"].weight[:pos]
        for block in self.transformer["h"]:
            x = block(x, future, patterns)
        return self.transformer["ln_f"](x)


def next_token_loss(model: GPT2, batch: tuple[Tensor, Tensor]) -> Tensor:
    """Mean cross-entropy in nats; batch = (ids [batch, pos], targets [batch, pos], −100 where not judged)."""
    ids, targets = batch
    return mixed.head_loss(model.final(ids), model.transformer["wte"].weight, targets)
