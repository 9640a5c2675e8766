"""Shares with their intervals."""
from __future__ import annotations

import math


def share(right: int, total: int) -> dict[str, float | int | list[float]]:
    """right/total with its 95 % interval (Wilson 1927)."""
    if not total:
        return {"value": 0.0, "right": 0, "total": 0, "interval": [0.0, 1.0]}
    z = 1.959964
    value = right / total
    middle = (value + z * z / (2 * total)) / (1 + z * z / total)
    half = z * math.sqrt(value * (1 - value) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return {"value": round(value, 4), "right": right, "total": total, "interval": [round(middle - half, 4), round(middle + half, 4)]}
