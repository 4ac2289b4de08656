#!/usr/bin/env python3
"""One training step of Power et al. in PyTorch on one core, to compare the C# engine with: python3 bench/pytorch/step.py

The paper's model (2 layers, width 128, 4 heads, post-norm, no biases) on `a / b =` mod 97, half of the table, batches of 512, loss on
the answer, AdamW. Every example computes all four positions, as any PyTorch implementation would; within that it is written to be fast:
fused Q, K, V, no copies that views can save, logits only where they are read.

Prints one JSON line; `steps_per_s` and `ms_per_step` are of the best window, `median_ms_per_step` of the median one.
"""

import os

for library in ("OMP", "MKL", "OPENBLAS", "NUMEXPR"):
    os.environ[library + "_NUM_THREADS"] = "1"
# An older core pinned for OpenBLAS would halve the rate of its matrix products; a fair comparison lets it use this one.
os.environ.pop("OPENBLAS_CORETYPE", None)

import json
import math
import statistics
import time

import torch
from torch import nn
from torch.nn import functional as F

P = 97
VOCABULARY = P + 2
T = 4
D_MODEL, N_HEADS, N_LAYERS = 128, 4, 2
D_HEAD = D_MODEL // N_HEADS
BATCH = 512
PEAK_RATE, WARMUP_STEPS = 1e-3, 10

WARMUP_SECONDS = 1.5
WINDOWS, WINDOW_SECONDS = 10, 1.0


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.qkv = nn.Linear(D_MODEL, 3 * D_MODEL, bias=False)
        self.out = nn.Linear(D_MODEL, D_MODEL, bias=False)
        self.ln1 = nn.LayerNorm(D_MODEL)
        self.mlp_in = nn.Linear(D_MODEL, 4 * D_MODEL, bias=False)
        self.mlp_out = nn.Linear(4 * D_MODEL, D_MODEL, bias=False)
        self.ln2 = nn.LayerNorm(D_MODEL)

    def forward(self, x, mask):
        B = x.shape[0] // T
        q, k, v = self.qkv(x).view(B, T, 3, N_HEADS, D_HEAD).unbind(2)  # each (B, T, H, d_head)
        # Elementwise, for 2048 matrix products of 4 x 32 by 32 x 4 take several times longer where torch has no batched GEMM.
        scores = (q.unsqueeze(2) * k.unsqueeze(1)).sum(-1) * (1 / math.sqrt(D_HEAD))  # (B, query, key, H)
        pattern = torch.softmax(scores + mask, dim=2)
        heads = (pattern.unsqueeze(-1) * v.unsqueeze(1)).sum(2)  # (B, query, H, d_head)
        x = self.ln1(x + self.out(heads.view(B * T, D_MODEL)))
        return self.ln2(x + self.mlp_out(F.relu(self.mlp_in(x), inplace=True)))


class Transformer(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(VOCABULARY, D_MODEL)
        self.blocks = nn.ModuleList(Block() for _ in range(N_LAYERS))
        self.unembed = nn.Linear(D_MODEL, VOCABULARY, bias=False)
        wavelengths = 10000 ** (torch.arange(0, D_MODEL, 2) / D_MODEL)
        angles = torch.arange(T).unsqueeze(1) / wavelengths
        self.register_buffer("positions", torch.stack((angles.sin(), angles.cos()), dim=-1).view(T, D_MODEL))
        self.register_buffer("mask", torch.full((T, T), float("-inf")).triu(1).unsqueeze(-1))  # (query, key, 1)

    def forward(self, tokens):
        x = (self.embed(tokens) + self.positions).view(-1, D_MODEL)  # (B·T, d): linear layers see one matrix
        for block in self.blocks:
            x = block(x, self.mask)
        return self.unembed(x.view(-1, T, D_MODEL)[:, -1])


def training_equations(generator):
    """Tokens (N, 4) and answers (N) of half of x / y mod 97, y ≠ 0."""
    inverse = torch.tensor([pow(y, P - 2, P) for y in range(P)])
    x, y = torch.cartesian_prod(torch.arange(P), torch.arange(1, P)).T
    tokens = torch.stack((x, torch.full_like(x, P), y, torch.full_like(x, P + 1)), dim=1)
    chosen = torch.randperm(len(x), generator=generator)[: len(x) // 2]
    return tokens[chosen], (x * inverse[y] % P)[chosen]


def gemm_gflops():
    """Rate of the model's largest matrix product. Far below a core's peak, this torch has a slow BLAS and the comparison says little."""
    x, w = torch.randn(BATCH * T, D_MODEL), torch.randn(4 * D_MODEL, D_MODEL)
    seconds = []
    for _ in range(20):
        start = time.perf_counter()
        F.linear(x, w)
        seconds.append(time.perf_counter() - start)
    return 2 * x.shape[0] * w.numel() / min(seconds) / 1e9


def main():
    torch.set_num_threads(1)
    torch.manual_seed(0)
    generator = torch.Generator().manual_seed(0)
    tokens, answers = training_equations(generator)
    model = Transformer()
    optimizer = torch.optim.AdamW(
        model.parameters(), lr=PEAK_RATE, betas=(0.9, 0.98), eps=1e-8, weight_decay=1.0, foreach=True
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: min(1.0, step / WARMUP_STEPS))

    def batches():
        while True:
            order = torch.randperm(len(tokens), generator=generator)
            # Full batches only, so that every step measured is the same work.
            yield from order[: len(order) // BATCH * BATCH].split(BATCH)

    epochs = batches()

    def train_for(seconds):
        """Milliseconds a step over at least this time."""
        steps, start = 0, time.perf_counter()
        while (elapsed := time.perf_counter() - start) < seconds or steps == 0:
            batch = next(epochs)
            loss = F.cross_entropy(model(tokens[batch]), answers[batch])
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
            schedule.step()
            steps += 1
        return 1e3 * elapsed / steps

    train_for(WARMUP_SECONDS)
    windows = [train_for(WINDOW_SECONDS) for _ in range(WINDOWS)]
    best = min(windows)
    print(
        json.dumps(
            {
                "engine": "pytorch " + torch.__version__,
                "steps_per_s": round(1e3 / best, 2),
                "ms_per_step": round(best, 3),
                "median_ms_per_step": round(statistics.median(windows), 3),
                "threads": torch.get_num_threads(),
                "gemm_gflops": round(gemm_gflops(), 1),
                "parameters": sum(p.numel() for p in model.parameters()),
            }
        )
    )


if __name__ == "__main__":
    main()
