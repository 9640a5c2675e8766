"""Matrix products in bfloat16, everything else in float32 (Micikevicius et al. 2018): several times faster on
processors with AMX or AVX512-BF16 units. Off by default; trainers switch it on where the processor has either.

Functions take and give F32 tensors, so models read the same either way.
"""
from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from torch import Tensor

enabled = False


def enable_if_fast() -> bool:
    """Switches bfloat16 products on where the processor has units for them; returns whether it has."""
    global enabled
    try:
        flags = Path("/proc/cpuinfo").read_text()
        enabled = "amx_bf16" in flags or "avx512_bf16" in flags
    except OSError:
        enabled = False
    return enabled


class _Product(torch.autograd.Function):
    """a·b for matrices or batches of matrices, rounded to bfloat16 before each product."""

    @staticmethod
    def forward(ctx: Any, a: Tensor, b: Tensor) -> Tensor:
        a, b = a.bfloat16(), b.bfloat16()
        ctx.save_for_backward(a, b)
        return torch.matmul(a, b).float()

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor, Tensor]:
        a, b = ctx.saved_tensors
        gradient = gradient.bfloat16()
        return torch.matmul(gradient, b.transpose(-1, -2)).float(), torch.matmul(a.transpose(-1, -2), gradient).float()


def product(a: Tensor, b: Tensor) -> Tensor:
    """[.., n, m]·[.., m, p] → [.., n, p]; a and b have the same number of axes, 2 or 3."""
    return _Product.apply(a, b) if enabled and torch.is_grad_enabled() else torch.matmul(a, b)


def affine(x: Tensor, weight: Tensor, bias: Tensor | None) -> Tensor:
    """x [.., in]·weight [in, out] + bias → [.., out]."""
    flat = x.reshape(-1, x.shape[-1])
    out = product(flat, weight)
    if bias is not None:
        out = out + bias
    return out.view(*x.shape[:-1], -1)


class _Gelu(torch.autograd.Function):
    """x·σ(2u), u = √(2/π)(x + 0.044715 x³): the same as 0.5x(1 + tanh u), by a faster kernel."""

    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:
        inner = (x * x).mul_(0.0713548162726).add_(1.59576912161).mul_(x)
        share = inner.sigmoid_()
        ctx.save_for_backward(x, share)
        return x * share

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> Tensor:
        x, share = ctx.saved_tensors
        slope = (x * x).mul_(3 * 0.0713548162726).add_(1.59576912161).mul_(x).mul_(1 - share).add_(1).mul_(share)
        return slope.mul_(gradient)


def gelu_tanh(x: Tensor) -> Tensor:
    """GELU by its tanh approximation (Hendrycks and Gimpel 2016), as in GPT-2."""
    return _Gelu.apply(x)


class _HeadLoss(torch.autograd.Function):
    """Mean cross-entropy of x·Wᵀ, in slices of rows that stay in the cache; gradients are made on the way."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, weight: Tensor, targets: Tensor, rows: int) -> Tensor:
        w = weight.bfloat16()
        d_x, d_weight = torch.empty_like(x), torch.zeros_like(weight)
        total = x.new_zeros(())
        for begin in range(0, len(x), rows):
            part = x[begin : begin + rows].bfloat16()
            target = targets[begin : begin + rows, None]
            p = torch.mm(part, w.t()).float().softmax(-1)
            total -= p.gather(1, target).clamp_min(1e-30).log().sum()
            p.scatter_add_(1, target, torch.full_like(p[:, :1], -1.0))
            gradient = p.mul_(1 / len(x)).bfloat16()
            d_x[begin : begin + rows] = torch.mm(gradient, w)
            d_weight += torch.mm(gradient.t(), part)
        ctx.save_for_backward(d_x, d_weight)
        return total / len(x)

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor, Tensor, None, None]:
        d_x, d_weight = ctx.saved_tensors
        return d_x * gradient, d_weight * gradient, None, None


def head_loss(x: Tensor, weight: Tensor, targets: Tensor) -> Tensor:
    """Mean cross-entropy in nats: x [.., d_model], weight [d_vocab, d_model], targets [..], −100 where not judged."""
    x, targets = x.reshape(-1, x.shape[-1]), targets.reshape(-1)
    judged = targets >= 0
    x, targets = x[judged], targets[judged]
    if enabled and torch.is_grad_enabled():
        return _HeadLoss.apply(x, weight, targets, 512)
    return torch.nn.functional.cross_entropy(x @ weight.t(), targets)
