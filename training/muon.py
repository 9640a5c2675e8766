"""Muon for hidden matrices, AdamW for the rest (Jordan et al. 2024, https://kellerjordan.github.io/posts/muon).

A matrix moves along its momentum made orthogonal: all singular values of the step become about 1, so rare
directions are learned as fast as common ones. It needs fewer tokens than AdamW alone.
"""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn

MOMENTUM = 0.95


def orthogonal(matrices: Tensor, steps: int = 5) -> Tensor:
    """UVᵀ of each G = USVᵀ [n, rows, cols], about: `steps` of X ← aX + (bA + cA²)X with A = XXᵀ, in bfloat16."""
    a, b, c = 3.4445, -4.7750, 2.0315
    tall = matrices.shape[1] > matrices.shape[2]
    x = (matrices.mT if tall else matrices).contiguous()
    x = (x / (x.norm(dim=(1, 2), keepdim=True) + 1e-7)).bfloat16()
    for _ in range(steps):
        gram = torch.bmm(x, x.mT)
        x = torch.baddbmm(x, torch.baddbmm(gram, gram, gram, beta=b, alpha=c), x, beta=a)
    return (x.mT if tall else x).float()


class Muon(torch.optim.Optimizer):
    """Groups with `parts` are stepped by Muon: their weights are [in, parts·out], parts made orthogonal one by one.

    Other groups are stepped by AdamW. `share` of a group multiplies the schedule's rate (loop.fit).
    """

    def __init__(self, groups: list[dict[str, Any]], lr: float, betas: tuple[float, float]) -> None:
        super().__init__(groups, {"lr": lr, "betas": betas, "weight_decay": 0.0, "parts": 0, "share": 1.0})

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> None:
        for group in self.param_groups:
            used = [p for p in group["params"] if p.grad is not None]
            for p in used:
                p.mul_(1 - group["lr"] * group["weight_decay"])
            (self._muon if group["parts"] else self._adam)(used, group)

    def _muon(self, used: list[Tensor], group: dict[str, Any]) -> None:
        by_shape: dict[torch.Size, list[tuple[Tensor, Tensor]]] = defaultdict(list)  # (part of a weight, direction)
        for p in used:
            momentum = self.state[p].setdefault("momentum", torch.zeros_like(p))
            momentum.lerp_(p.grad, 1 - MOMENTUM)
            nesterov = p.grad.lerp(momentum, MOMENTUM)
            for part, direction in zip(p.chunk(group["parts"], 1), nesterov.chunk(group["parts"], 1)):
                by_shape[part.shape].append((part, direction))
        for (size_in, size_out), pairs in by_shape.items():
            rate = group["lr"] * max(1.0, size_out / size_in) ** 0.5
            for (part, _), step in zip(pairs, orthogonal(torch.stack([direction for _, direction in pairs]))):
                part.sub_(step, alpha=rate)

    def _adam(self, used: list[Tensor], group: dict[str, Any]) -> None:
        first, second = group["betas"]
        for p in used:
            state = self.state[p]
            if not state:
                state |= {"step": 0, "mean": torch.zeros_like(p), "square": torch.zeros_like(p)}
            state["step"] += 1
            state["mean"].lerp_(p.grad, 1 - first)
            state["square"].lerp_(p.grad.square(), 1 - second)
            root = (state["square"] / (1 - second ** state["step"])).sqrt_().add_(1e-8)
            p.addcdiv_(state["mean"], root, value=-group["lr"] / (1 - first ** state["step"]))


def muon_for(model: nn.Module, rate: float, weight_decay: float, share: float = 0.2,
             betas: tuple[float, float] = (0.9, 0.98)) -> Muon:
    """Muon for the matrices of the blocks (c_attn in three parts), AdamW at share·rate for embeddings, biases and norms."""
    blocks = [(name, p) for name, p in model.named_parameters() if ".h." in name and p.dim() == 2]
    joint = [p for name, p in blocks if "c_attn" in name]
    single = [p for name, p in blocks if "c_attn" not in name]
    others = [p for name, p in model.named_parameters() if not (".h." in name and p.dim() == 2)]
    return Muon([{"params": joint, "parts": 3, "weight_decay": weight_decay},
                 {"params": single, "parts": 1, "weight_decay": weight_decay},
                 {"params": others, "share": share}], rate, betas)
