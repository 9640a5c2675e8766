"""The siblings: tiny causal models that differ in one thing each (the lab's experiments), names after GPT-2's.

Positions none, sinusoidal, learned, T5 buckets, rotary, ALiBi, or a window; scores by q·k, by Synthesizers (Tay et al. 2020)
or linear (Katharopoulos et al. 2020); blocks pre-norm, post-norm, without residual, or gated attention units (Hua et al. 2022).
"""
from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F


@dataclass(frozen=True)
class Config:
    positions: str = "learned"
    window: int | None = None
    score: str = "dot"
    normaliser: str = "softmax"
    block: str = "pre"
    residual: bool = True
    unit: str = "mha"
    vocab_size: int = 1024
    n_positions: int = 32
    n_ctx: int = 32
    n_embd: int = 64
    n_layer: int = 2
    n_head: int = 4
    layer_norm_epsilon: float = 1e-5
    scale_embedding: bool = False
    sinusoid_base: float = 10000
    relative_attention_num_buckets: int = 16
    relative_attention_max_distance: int = 32
    rope_theta: float = 10000
    gau_s: int = 32
    gau_expansion: int = 2

    @property
    def alibi_slopes(self) -> list[float]:
        """2^(−8h/H), h = 1 … H (Press et al. 2022)."""
        return [2 ** (-8 * (head + 1) / self.n_head) for head in range(self.n_head)]

    def to_hugging_face(self) -> dict[str, object]:
        """The config.json of this model; numbers that it does not use are left out."""
        own: dict[str, tuple[str, ...]] = {
            "sinusoidal": ("scale_embedding", "sinusoid_base"),
            "t5": ("relative_attention_num_buckets", "relative_attention_max_distance"),
            "rope": ("rope_theta",), "alibi": ("alibi_slopes",), "gau": ("gau_s", "gau_expansion")}
        always = ("vocab_size", "n_positions", "n_ctx", "n_embd", "n_layer", "n_head", "layer_norm_epsilon",
                  "positions", "window", "score", "normaliser", "block", "residual", "unit")
        names = (*always, *own.get(self.positions, ()), *own.get(self.unit, ()))
        return {"model_type": "sightline", "architectures": ["SightlineLMHeadModel"], **{name: getattr(self, name) for name in names},
                "n_inner": 4 * self.n_embd, "activation_function": "gelu_new", "tie_word_embeddings": True,
                "bos_token_id": 0, "eos_token_id": 0, "torch_dtype": "float16"}


class Conv1D(nn.Module):
    """x·weight + bias, weight [in, out]; begun at a deviation of in^−½."""

    def __init__(self, size_in: int, size_out: int, gain: float = 1.0) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(size_in, size_out) * gain * size_in**-0.5)
        self.bias = nn.Parameter(torch.zeros(size_out))

    def forward(self, x: Tensor) -> Tensor:
        return F.linear(x, self.weight.t(), self.bias)


def sinusoids(pos: int, width: int, base: float) -> Tensor:
    """[pos, width]: sin, cos, sin, cos … (Vaswani et al. 2017)."""
    angles = torch.arange(pos)[:, None] / base ** (torch.arange(0, width, 2) / width)
    return torch.stack([angles.sin(), angles.cos()], -1).flatten(1)


def rotate(x: Tensor, base: float) -> Tensor:
    """Turns the pairs (i, i + d_head/2) of x [.., pos, d_head] by pos·base^(−2i/d_head) (Su et al. 2021)."""
    pos, width = x.shape[-2:]
    places, speeds = (torch.arange(*range_, device=x.device) for range_ in ((pos,), (0, width, 2)))
    angles = places[:, None] * base ** (-speeds / width)
    a, b = x.chunk(2, -1)
    return torch.cat([a * angles.cos() - b * angles.sin(), b * angles.cos() + a * angles.sin()], -1).to(x.dtype)


def bucket_of(distance: Tensor, buckets: int, furthest: int) -> Tensor:
    """T5's bucket of the distance query − key ≥ 0: exact up to half of them, then logarithmic up to `furthest`."""
    exact = buckets // 2
    far = exact + ((distance.clamp(min=1) / exact).log() / math.log(furthest / exact) * (buckets - exact)).long()
    return torch.where(distance < exact, distance, far.clamp(max=buckets - 1))


def hidden_keys(pos: int, window: int | None) -> Tensor:
    """True where a query does not see a key, [query_pos, key_pos]."""
    seen = torch.ones(pos, pos, dtype=torch.bool).tril()
    return ~(seen if window is None else seen.triu(1 - window))


class Synthesizer(nn.Module):
    """Scores without keys: made of each query's vector alone (dense), or of nothing (random). Length ≤ n_positions."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        width, heads, longest = config.n_embd, config.n_head, config.n_positions
        self.heads, self.dense = heads, config.score == "synthesizer_dense"
        if self.dense:
            self.w1, self.b1 = nn.Parameter(torch.randn(width, width) * width**-0.5), nn.Parameter(torch.zeros(width))
            self.w2 = nn.Parameter(torch.randn(width, longest) * (width // heads) ** -0.5)
            self.b2 = nn.Parameter(torch.zeros(heads, longest))
        else:
            self.r = nn.Parameter(torch.randn(heads, longest, longest))

    def forward(self, x: Tensor) -> Tensor:
        """x [batch, pos, d_model] → scores [batch or 1, head, query_pos, key_pos]."""
        pos = x.shape[1]
        if not self.dense:
            return self.r[None, :, :pos, :pos]
        hidden = F.relu(F.linear(x, self.w1.t(), self.b1)).unflatten(-1, (self.heads, -1)).transpose(1, 2)
        return hidden @ self.w2.unflatten(0, (self.heads, -1))[..., :pos] + self.b2[:, None, :pos]


class Attention(nn.Module):
    def __init__(self, config: Config, bias: bool) -> None:
        super().__init__()
        self.config = config
        width = config.n_embd
        synthesizes = config.score.startswith("synthesizer")
        self.c_attn = Conv1D(width, width if synthesizes else 3 * width)  # values alone, or q, k, v
        self.c_proj = Conv1D(width, width, (2 * config.n_layer) ** -0.5)
        if synthesizes:
            self.synthesizer = Synthesizer(config)
        if bias:
            self.relative_attention_bias = nn.Embedding(config.relative_attention_num_buckets, config.n_head)
            nn.init.normal_(self.relative_attention_bias.weight, std=0.02)

    def forward(self, x: Tensor, hidden: Tensor, bias: Tensor | float) -> Tensor:
        """x [batch, pos, d_model]; hidden [query_pos, key_pos]; bias [head, query_pos, key_pos] is added to the scores."""
        config = self.config
        parts = self.c_attn(x).unflatten(-1, (-1, config.n_head, config.n_embd // config.n_head)).permute(2, 0, 3, 1, 4)
        *_, v = parts.unbind(0)
        if config.score == "linear":
            q, k = (F.elu(part.float()) + 1 for part in parts[:2])
            weights = (q @ k.transpose(2, 3)).masked_fill(hidden, 0.0)
            pattern = weights / weights.sum(-1, keepdim=True)
        else:
            pattern = (self.scores(x, parts).float() + bias).masked_fill(hidden, -math.inf).softmax(-1)
        z = pattern.to(v.dtype) @ v
        return self.c_proj(z.transpose(1, 2).flatten(2))

    def scores(self, x: Tensor, parts: Tensor) -> Tensor:
        """[batch, head, query_pos, key_pos], before positions and mask."""
        if hasattr(self, "synthesizer"):
            return self.synthesizer(x)
        q, k = parts[:2]
        if self.config.positions == "rope":
            q, k = (rotate(part, self.config.rope_theta) for part in (q, k))
        return q @ k.transpose(2, 3) / math.sqrt(q.shape[-1])


class GatedUnit(nn.Module):
    """(U ⊙ relu²(QKᵀ/√s)/n V) W_o: attention and MLP in one; n = keys that the query sees, so that it stays causal."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        width, s = config.n_embd, config.gau_s
        inner = config.gau_expansion * width
        self.u, self.v, self.z = Conv1D(width, inner), Conv1D(width, inner), Conv1D(width, s)
        self.o = Conv1D(inner, width)
        self.gamma_q, self.gamma_k = nn.Parameter(torch.ones(s)), nn.Parameter(torch.ones(s))
        self.beta_q, self.beta_k = nn.Parameter(torch.zeros(s)), nn.Parameter(torch.zeros(s))

    def forward(self, x: Tensor, hidden: Tensor) -> Tensor:
        u, v, z = (F.silu(layer(x)) for layer in (self.u, self.v, self.z))
        q, k = self.gamma_q * z + self.beta_q, self.gamma_k * z + self.beta_k
        scores = q @ k.transpose(1, 2) / math.sqrt(q.shape[-1])
        pattern = F.relu(scores.masked_fill(hidden, 0.0)) ** 2 / (~hidden).sum(-1, keepdim=True)
        return self.o(u * (pattern.to(v.dtype) @ v))


class MLP(nn.Module):
    def __init__(self, config: Config) -> None:
        super().__init__()
        width = config.n_embd
        self.c_fc, self.c_proj = Conv1D(width, 4 * width), Conv1D(4 * width, width, (2 * config.n_layer) ** -0.5)

    def forward(self, x: Tensor) -> Tensor:
        return self.c_proj(F.gelu(self.c_fc(x), approximate="tanh"))


class Block(nn.Module):
    def __init__(self, config: Config, layer: int) -> None:
        super().__init__()
        self.config = config
        self.ln_1 = nn.LayerNorm(config.n_embd, eps=config.layer_norm_epsilon)
        if config.unit == "gau":
            self.gau = GatedUnit(config)
            return
        self.attn = Attention(config, config.positions == "t5" and layer == 0)
        self.ln_2 = nn.LayerNorm(config.n_embd, eps=config.layer_norm_epsilon)
        self.mlp = MLP(config)

    def forward(self, x: Tensor, hidden: Tensor, bias: Tensor | float, shares: list[list[float]] | None) -> Tensor:
        """`shares` receives ‖f(x)‖/‖x‖ of this layer's parts, the mean over positions."""
        parts = [(self.ln_1, lambda y: self.gau(y, hidden))] if self.config.unit == "gau" else [
            (self.ln_1, lambda y: self.attn(y, hidden, bias)), (self.ln_2, self.mlp)]
        measured = []
        for norm, part in parts:
            post = self.config.block == "post"
            made = part(x if post else norm(x))
            measured.append(float((made.norm(dim=-1) / x.norm(dim=-1)).mean()) if shares is not None else 0.0)
            x = x + made if self.config.residual else made
            x = norm(x) if post else x
        if shares is not None:
            shares.append(measured)
        return x


class Sibling(nn.Module):
    def __init__(self, config: Config) -> None:
        super().__init__()
        self.config = config
        width = config.n_embd
        parts: dict[str, nn.Module] = {"wte": nn.Embedding(config.vocab_size, width)}
        nn.init.normal_(parts["wte"].weight, std=width**-0.5)
        if config.positions == "learned":
            parts["wpe"] = nn.Embedding(config.n_positions, width)
            nn.init.normal_(parts["wpe"].weight, std=width**-0.5)
        parts["h"] = nn.ModuleList(Block(config, layer) for layer in range(config.n_layer))
        if config.block == "pre":
            parts["ln_f"] = nn.LayerNorm(width, eps=config.layer_norm_epsilon)
        self.transformer = nn.ModuleDict(parts)

    def embed(self, ids: Tensor) -> Tensor:
        """Learned positions past the table repeat its last row."""
        config, pos = self.config, ids.shape[1]
        x = self.transformer["wte"](ids) * (math.sqrt(config.n_embd) if config.scale_embedding else 1.0)
        if config.positions == "learned":
            return x + self.transformer["wpe"](torch.arange(pos, device=ids.device).clamp(max=config.n_positions - 1))
        if config.positions == "sinusoidal":
            return x + sinusoids(pos, config.n_embd, config.sinusoid_base).to(x)
        return x

    def bias(self, pos: int, device: torch.device) -> Tensor | float:
        """What positions add to the scores, [head, query_pos, key_pos]."""
        config = self.config
        places = torch.arange(pos, device=device)
        distance = (places[:, None] - places).clamp(min=0)
        if config.positions == "alibi":
            return -torch.tensor(config.alibi_slopes, device=device)[:, None, None] * distance
        if config.positions == "t5":
            buckets = bucket_of(distance, config.relative_attention_num_buckets, config.relative_attention_max_distance)
            return self.transformer["h"][0].attn.relative_attention_bias(buckets).permute(2, 0, 1)
        return 0.0

    def forward(self, ids: Tensor, shares: list[list[float]] | None = None) -> Tensor:
        """ids [batch, pos] → logits [batch, pos, d_vocab]."""
        pos, device = ids.shape[1], ids.device
        hidden, bias, x = hidden_keys(pos, self.config.window).to(device), self.bias(pos, device), self.embed(ids)
        for block in self.transformer["h"]:
            x = block(x, hidden, bias, shares)
        if "ln_f" in self.transformer:
            x = self.transformer["ln_f"](x)
        return F.linear(x, self.transformer["wte"].weight)


BASE = Config()
FREE = {"n_ctx": 128}
SIBLINGS: dict[str, tuple[Config, str]] = {
    "learned": (BASE, "the baseline: pre-norm, learned positions, scaled q·k, softmax"),
    "none": (Config(positions="none", **FREE), "no positions"),
    "sinusoidal": (Config(positions="sinusoidal", scale_embedding=True, **FREE), "sinusoidal positions; embeddings times √d, as they come with them"),
    "t5": (Config(positions="t5", **FREE), "T5's learned bias by distance, 16 buckets up to 32"),
    "rope": (Config(positions="rope", **FREE), "rotary positions"),
    "alibi": (Config(positions="alibi", **FREE), "ALiBi: −m·distance added to the scores"),
    "window": (Config(positions="none", window=8, **FREE), "no positions, and a window of 8 keys: differs from `none` by the window"),
    "synthesizer-dense": (Config(score="synthesizer_dense"), "scores made of the query's vector alone"),
    "synthesizer-random": (Config(score="synthesizer_random"), "scores that are a trained table, whatever the text"),
    "linear": (Config(score="linear", normaliser="sum"), "φ(q)·φ(k) over its sum, φ = elu + 1, in place of softmax"),
    "post-norm": (Config(block="post"), "LayerNorm after each sum, none at the end"),
    "no-residual": (Config(residual=False), "each part's output replaces the stream"),
    "gau": (Config(unit="gau", normaliser="relu2", n_layer=4, n_head=1), "4 gated attention units in place of 2 × (attention + MLP)"),
}
