"""Loss of a causal model on held-out text, per token and per byte."""
from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import nn
from torch.nn import functional as F

from training.bpe import Tokenizer


@torch.no_grad()
def held_out_loss(model: nn.Module, tokenizer: Tokenizer, documents: Sequence[str], pos: int = 128,
                  limit: int | None = None) -> dict[str, float]:
    """Mean negative log-likelihood in nats of every token of the documents and of the end after each.

    Each document is read as <|endoftext|> text <|endoftext|>. Windows of `pos` tokens overlap by half, and a
    token is judged once, where it has the longer context: at least pos/2 tokens after the first window.
    Bytes are the UTF-8 bytes of the documents plus one per document for its end.
    """
    device = next(model.parameters()).device
    end = tokenizer.end_of_text
    rows: list[tuple[list[int], int]] = []  # window of at most pos + 1 ids, index of its first judged target
    total_bytes = total_tokens = 0
    for document in documents[:limit]:
        ids = [end, *tokenizer.encode(document), end]
        total_bytes += len(document.encode()) + 1
        total_tokens += len(ids) - 1
        start = 0
        while True:
            rows.append((ids[start : start + pos + 1], 0 if start == 0 else pos // 2))
            if start + pos + 1 >= len(ids):
                break
            start += pos // 2
    rows.sort(key=lambda row: len(row[0]))
    total = 0.0
    for begin in range(0, len(rows), 8):
        part = rows[begin : begin + 8]
        width = max(len(ids) for ids, _ in part)
        ids = torch.full((len(part), width), end, dtype=torch.long)
        judged = torch.zeros(len(part), width - 1, dtype=torch.bool)
        for index, (window, first) in enumerate(part):
            ids[index, : len(window)] = torch.tensor(window)
            judged[index, first : len(window) - 1] = True
        ids, judged = ids.to(device), judged.to(device)
        logits = model(ids[:, :-1])
        losses = F.cross_entropy(logits.reshape(-1, logits.shape[-1]), ids[:, 1:].reshape(-1), reduction="none")
        total += float(losses[judged.view(-1)].double().sum())
    return {"loss_per_token": total / total_tokens, "loss_per_byte": total / total_bytes,
            "tokens": total_tokens, "bytes": total_bytes}


def together(parts: dict[str, dict[str, float]]) -> dict[str, float]:
    """The loss of several held-out texts as if they were one."""
    tokens, count = (sum(part[name] for part in parts.values()) for name in ("tokens", "bytes"))
    total = sum(part["loss_per_token"] * part["tokens"] for part in parts.values())
    return {"loss_per_token": total / tokens, "loss_per_byte": total / count, "tokens": tokens, "bytes": count}
