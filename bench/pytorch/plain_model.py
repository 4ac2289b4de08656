"""The paper's transformer as anyone would write it from the text: standard modules, four tokens for every example."""

import math

import torch
from torch import nn
from torch.nn import functional as F


class Attention(nn.Module):
    def __init__(self, d_model, n_heads):
        super().__init__()
        self.n_heads = n_heads
        self.d_head = d_model // n_heads
        self.query = nn.Linear(d_model, d_model, bias=False)
        self.key = nn.Linear(d_model, d_model, bias=False)
        self.value = nn.Linear(d_model, d_model, bias=False)
        self.out = nn.Linear(d_model, d_model, bias=False)

    def forward(self, x):
        B, T, d_model = x.shape

        def heads(y):
            return y.view(B, T, self.n_heads, self.d_head).transpose(1, 2)  # (B, H, T, d_head)

        q, k, v = heads(self.query(x)), heads(self.key(x)), heads(self.value(x))
        scores = torch.matmul(q, k.transpose(-2, -1)) / math.sqrt(self.d_head)  # (B, H, query, key)
        causal = torch.triu(torch.ones(T, T, dtype=torch.bool, device=x.device), diagonal=1)
        pattern = torch.softmax(scores.masked_fill(causal, float("-inf")), dim=-1)
        return self.out(torch.matmul(pattern, v).transpose(1, 2).reshape(B, T, d_model))


class Block(nn.Module):
    def __init__(self, d_model, n_heads):
        super().__init__()
        self.attention = Attention(d_model, n_heads)
        self.ln1 = nn.LayerNorm(d_model)
        self.mlp_in = nn.Linear(d_model, 4 * d_model, bias=False)
        self.mlp_out = nn.Linear(4 * d_model, d_model, bias=False)
        self.ln2 = nn.LayerNorm(d_model)

    def forward(self, x):
        x = self.ln1(x + self.attention(x))
        return self.ln2(x + self.mlp_out(F.relu(self.mlp_in(x))))


class PlainTransformer(nn.Module):
    def __init__(self, vocabulary, length, d_model, n_heads, n_layers):
        super().__init__()
        self.embed = nn.Embedding(vocabulary, d_model)
        self.blocks = nn.Sequential(*(Block(d_model, n_heads) for _ in range(n_layers)))
        self.unembed = nn.Linear(d_model, vocabulary, bias=False)
        wavelengths = 10000 ** (torch.arange(0, d_model, 2) / d_model)
        angles = torch.arange(length).unsqueeze(1) / wavelengths
        self.register_buffer("positions", torch.stack((angles.sin(), angles.cos()), dim=-1).view(length, d_model))

    def forward(self, tokens):
        x = self.blocks(self.embed(tokens) + self.positions)
        return self.unembed(x[:, -1])


def plain_optimizer(model, rate):
    return torch.optim.AdamW(model.parameters(), lr=rate, betas=(0.9, 0.98), eps=1e-8, weight_decay=1.0)
