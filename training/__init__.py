"""How Sightline's models are trained, exported and judged (docs/models.md).

Threads: SIGHTLINE_THREADS (default 1) limits PyTorch and its BLAS, which reads its limit once, when it is loaded.
"""
import os

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, os.environ.get("SIGHTLINE_THREADS", "1"))
