"""The training loop that every model shares: AdamW, warm-up and cosine, clipping, checkpoints, resuming.

Loshchilov and Hutter 2019 (AdamW). A trainer brings a model, `batch(step)` and `loss(model, batch)`.
"""
from __future__ import annotations

import argparse
import ctypes
import math
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn


@dataclass(frozen=True)
class Schedule:
    steps: int
    peak: float = 2e-3
    final: float = 0.05
    """Learning rate at the end, as a share of the peak."""
    warm_up: int = 100
    hold: float = 0.0
    """Share of the steps held at the peak after the warm-up; until it ends, `steps` may be changed and the run resumed."""
    weight_decay: float = 0.1
    betas: tuple[float, float] = (0.9, 0.98)
    clip: float = 1.0

    def rate(self, step: int) -> float:
        """Linear warm-up, the peak while held, then half a cosine from peak to peak·final."""
        if step < self.warm_up:
            return self.peak * (step + 1) / self.warm_up
        begin = self.warm_up + self.hold * (self.steps - self.warm_up)
        progress = min(1.0, max(0.0, (step - begin) / max(1.0, self.steps - begin)))
        return self.peak * (self.final + (1 - self.final) * 0.5 * (1 + math.cos(math.pi * progress)))


def arguments(description: str, **defaults: Any) -> argparse.ArgumentParser:
    """The options that every trainer has; `defaults` overrides theirs."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--data", type=Path, required=True, help="folder with corpora/ (docs/models.md)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, default=1000)
    parser.add_argument("--batch", type=int, default=16, help="rows of a batch")
    parser.add_argument("--rate", type=float, default=2e-3, help="peak learning rate")
    parser.add_argument("--hold", type=float, default=0.0, help="share of the steps held at the peak rate")
    parser.add_argument("--run", type=Path, default=Path("training/runs/run"), help="folder of checkpoints")
    parser.add_argument("--f32", action="store_true", help="no bfloat16 products, even where they are fast")
    parser.add_argument("--resume", action="store_true", help="go on from the run's last checkpoint")
    parser.set_defaults(**defaults)
    return parser


def prepare(seed: int) -> None:
    """Seeds PyTorch and limits threads (SIGHTLINE_THREADS, default 1)."""
    torch.manual_seed(seed)
    torch.set_num_threads(int(os.environ.get("SIGHTLINE_THREADS", "1")))
    torch.set_flush_denormal(True)
    keep_memory()


def keep_memory() -> None:
    """Lets glibc keep freed memory: logits are larger than its threshold, and fresh pages cost a fifth of a step."""
    try:
        libc = ctypes.CDLL("libc.so.6")
        libc.mallopt(-4, 0)  # M_MMAP_MAX
        libc.mallopt(-1, 2**30)  # M_TRIM_THRESHOLD
    except (OSError, AttributeError):
        pass  # another C library: only slower


def optimizer_for(model: nn.Module, schedule: Schedule) -> torch.optim.AdamW:
    """AdamW that decays matrices and leaves biases and norms alone."""
    decayed = [p for p in model.parameters() if p.dim() >= 2]
    others = [p for p in model.parameters() if p.dim() < 2]
    groups = [{"params": decayed, "weight_decay": schedule.weight_decay}, {"params": others, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=schedule.peak, betas=schedule.betas, eps=1e-8)


def moved(batch: Any, device: torch.device) -> Any:
    """A batch on a device: a tensor, or lists, tuples and dataclasses of them."""
    if isinstance(batch, Tensor):
        return batch.to(device)
    if isinstance(batch, (list, tuple)):
        return type(batch)(moved(each, device) for each in batch)
    if is_dataclass(batch):
        return replace(batch, **{field.name: moved(getattr(batch, field.name), device) for field in fields(batch)})
    return batch


def save_checkpoint(path: Path, model: nn.Module, optimizer: torch.optim.Optimizer, step: int, seconds: float) -> None:
    """Writes beside the file, then renames: an interrupted save leaves the last one whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "step": step, "seconds": seconds}
    torch.save(state, path.with_suffix(".part"))
    path.with_suffix(".part").replace(path)


def fit(model: nn.Module, batch: Callable[[int], Any], loss_of: Callable[[nn.Module, Any], Tensor], schedule: Schedule,
        run: Path, *, tokens_per_step: int, resume: bool = False, evaluate: Callable[[nn.Module], str] | None = None,
        snapshots: frozenset[int] = frozenset(), log_every: int = 50, evaluate_every: int = 500,
        save_every: float = 120.0, optimizer: torch.optim.Optimizer | None = None) -> dict[str, float]:
    """Trains `model` in place for schedule.steps; returns {steps, seconds, tokens}.

    The steps run on a GPU where there is one; `evaluate` gets the model on the CPU, and there it is afterwards.

    optimizer: AdamW unless given; a group's `share` multiplies the schedule's rate.
    run/last.pt is the checkpoint to resume from, run/step-N.pt the weights after N steps for N in `snapshots`.
    """
    run.mkdir(parents=True, exist_ok=True)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    model.to(device)
    optimizer = optimizer or optimizer_for(model, schedule)
    first, before = 0, 0.0
    if resume and (run / "last.pt").exists():
        state = torch.load(run / "last.pt", map_location=device)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        first, before = state["step"], state["seconds"]
    started = saved = marked = time.time()
    smooth: float | None = None
    for step in range(first, schedule.steps + 1):
        if step in snapshots:
            torch.save({"model": model.state_dict(), "step": step}, run / f"step-{step}.pt")
        if step == schedule.steps:
            break
        for group in optimizer.param_groups:
            group["lr"] = schedule.rate(step) * group.get("share", 1.0)
        loss = loss_of(model, moved(batch(step), device))
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), schedule.clip)
        optimizer.step()
        smooth = loss.item() if smooth is None else 0.98 * smooth + 0.02 * loss.item()
        done, now = step + 1, time.time()
        if done % log_every == 0:
            pace = log_every / (now - marked)
            marked = now
            print(f"step {done}/{schedule.steps}  loss {smooth:.4f}  rate {schedule.rate(step):.2e}  "
                  f"{pace * tokens_per_step:.0f} tokens/s  ETA {(schedule.steps - done) / pace / 60:.1f} min", flush=True)
        if evaluate and (done % evaluate_every == 0 or done == schedule.steps):
            model.eval().cpu()
            with torch.no_grad():
                print(f"step {done}  {evaluate(model)}", flush=True)
            model.train().to(device)
            marked = time.time()
        if now - saved > save_every or done == schedule.steps:
            save_checkpoint(run / "last.pt", model, optimizer, done, before + now - started)
            saved = now
    seconds = before + time.time() - started
    model.cpu()
    return {"steps": schedule.steps, "seconds": seconds, "tokens": schedule.steps * tokens_per_step}
