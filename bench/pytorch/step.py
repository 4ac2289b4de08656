#!/usr/bin/env python3
"""One training step of Power et al. in PyTorch on one core or a GPU, to compare the engines with: python3 bench/pytorch/step.py [--device cuda]

The paper's model (2 layers, width 128, 4 heads, post-norm, no biases) on `a / b =` mod 97, half of the table, epochs of batches of 512
with a short last one, loss on the answer, AdamW; in two implementations, `plain` (plain_model.py) and `tuned` (tuned_model.py).

Prints one JSON line with the milliseconds of a step, of the best and the median window of each. With --serve it prints a JSON line that
describes torch, then for every line on its input, the name of an implementation, trains that for a window and prints its milliseconds.
"""

import os

for library in ("OMP", "MKL", "OPENBLAS", "NUMEXPR"):
    os.environ[library + "_NUM_THREADS"] = "1"
# An older core pinned for OpenBLAS would halve the rate of its matrix products; a fair comparison lets it use this one.
os.environ.pop("OPENBLAS_CORETYPE", None)

import argparse
import json
import statistics
import sys
import time

import torch
from torch.nn import functional as F

from plain_model import PlainTransformer, plain_optimizer
from tuned_model import TunedTransformer, tuned_optimizer

P = 97
VOCABULARY = P + 2
T = 4
D_MODEL, N_HEADS, N_LAYERS = 128, 4, 2
BATCH = 512
PEAK_RATE, WARMUP_STEPS = 1e-3, 10

WARMUP_SECONDS = 1.5
WINDOWS, WINDOW_SECONDS = 10, 0.6

IMPLEMENTATIONS = {"plain": (PlainTransformer, plain_optimizer), "tuned": (TunedTransformer, tuned_optimizer)}


def training_equations(generator):
    """Tokens (N, 4) and answers (N) of half of x / y mod 97, y ≠ 0."""
    inverse = torch.tensor([pow(y, P - 2, P) for y in range(P)])
    x, y = torch.cartesian_prod(torch.arange(P), torch.arange(1, P)).T
    tokens = torch.stack((x, torch.full_like(x, P), y, torch.full_like(x, P + 1)), dim=1)
    chosen = torch.randperm(len(x), generator=generator)[: len(x) // 2]
    return tokens[chosen], (x * inverse[y] % P)[chosen]


def gemm_gflops(device):
    """Rate of the model's largest matrix product. Far below a core's peak, this torch has a slow BLAS and the comparison says little."""
    x, w = torch.randn(BATCH * T, D_MODEL, device=device), torch.randn(4 * D_MODEL, D_MODEL, device=device)
    seconds = []
    for _ in range(20):
        wait_for(device)
        start = time.perf_counter()
        F.linear(x, w)
        wait_for(device)
        seconds.append(time.perf_counter() - start)
    return 2 * x.shape[0] * w.numel() / min(seconds) / 1e9


def wait_for(device):
    """A GPU works on behind the caller's back; times are read when it is done."""
    if device.type == "cuda":
        torch.cuda.synchronize(device)


def blas():
    """Which library makes the matrix products, by the name of what is loaded."""
    if torch.backends.mkl.is_available():
        return "mkl"
    try:
        with open("/proc/self/maps", encoding="utf-8") as maps:
            loaded = maps.read()
    except OSError:
        return "unknown"
    for name in ("openblas", "blis", "atlas"):
        if name in loaded:
            return name
    return "reference" if "libblas.so" in loaded else "unknown"


class Run:
    """One implementation in training."""

    def __init__(self, implementation, device):
        self.device = device
        transformer, optimizer = IMPLEMENTATIONS[implementation]
        torch.manual_seed(0)
        self.generator = torch.Generator().manual_seed(0)
        self.tokens, self.answers = (x.to(device) for x in training_equations(self.generator))
        self.model = transformer(VOCABULARY, T, D_MODEL, N_HEADS, N_LAYERS).to(device)
        self.optimizer = optimizer(self.model, PEAK_RATE)
        self.schedule = torch.optim.lr_scheduler.LambdaLR(self.optimizer, lambda step: min(1.0, step / WARMUP_STEPS))

    def train_for(self, seconds):
        """Milliseconds a step over at least this time, whole epochs."""
        steps, start = 0, time.perf_counter()
        while (elapsed := time.perf_counter() - start) < seconds or steps == 0:
            for batch in torch.randperm(len(self.tokens), generator=self.generator).to(self.device).split(BATCH):
                loss = F.cross_entropy(self.model(self.tokens[batch]), self.answers[batch])
                self.optimizer.zero_grad(set_to_none=True)
                loss.backward()
                self.optimizer.step()
                self.schedule.step()
                steps += 1
            wait_for(self.device)
        return 1e3 * elapsed / steps


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--device", default="cpu", type=torch.device)
    parser.add_argument("--serve", action="store_true")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    runs = {name: Run(name, arguments.device) for name in IMPLEMENTATIONS}
    for run in runs.values():
        run.train_for(WARMUP_SECONDS)
    about = {
        "engine": "pytorch " + torch.__version__,
        "threads": torch.get_num_threads(),
        "blas": blas(),
        "gemm_gflops": round(gemm_gflops(arguments.device), 1),
        "parameters": {name: sum(p.numel() for p in run.model.parameters()) for name, run in runs.items()},
    }
    if arguments.serve:
        print(json.dumps(about), flush=True)
        for line in sys.stdin:
            print(runs[line.strip()].train_for(WINDOW_SECONDS), flush=True)
        return

    for name, run in runs.items():
        windows = [run.train_for(WINDOW_SECONDS) for _ in range(WINDOWS)]
        about[name] = {"ms_per_step": round(min(windows), 3), "median_ms_per_step": round(statistics.median(windows), 3)}
    print(json.dumps(about))


if __name__ == "__main__":
    main()
