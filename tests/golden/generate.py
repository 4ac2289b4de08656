#!/usr/bin/env python3
"""Writes the golden values that tests/Unit/Models holds the C# engine to: python3 tests/golden/generate.py

The values come from PyTorch in float64 through `transformer.py` and `mlp.py`. Running this needs torch and numpy; running the tests needs neither.
Numbers are written to 12 digits and arrays as float32, so that the summation order of one BLAS or another does not reach the files.

A case file (cases/<name>.json) holds
    Model, Optimizer, ClipNorm     the configuration, under the names of the C# records; the schedule is ten steps of warm-up
    Parameters                     name, shape, base and scale of each tensor in the order of the flat buffer; `formula.py` says how
                                   they become numbers
    Batches                        Tokens (B, T) and Targets (B, R); update k sees batch k mod their number
    ReadPositions                  (R) where the logits are read
    Losses                         11 numbers: before each of the 10 updates on the batch of that update, and after them on the first
    GradientNorms, UpdateNorms     per tensor: Euclidean norm of the gradient at the start on the first batch, before clipping, and of
                                   the sum of the 10 updates
    Gradient, FinalParameters      base64 of little-endian float32: elements 0, Stride, 2·Stride, ... of the flat buffers
    InitialSha256                  of the initial parameters as little-endian float32, to know that they were recomputed to the bit
An MLP's file (mlp_cases/<name>.json) has no ReadPositions, its one target being the answer, and also
    Loss, TemplateWidth            what is minimised; where there is a width, `formula.py` draws the templates behind the parameters
    OrthogonalGradient             whether each tensor's gradient loses its part along the weights, before clipping
    InputWidth                     where tokens stand for given vectors, their width; `formula.py` draws them behind the templates
"""

import base64
import hashlib
import json
import math
import pathlib

import numpy as np
import torch

import formula
import mlp
import optimizers
import transformer
from cases import CASES, MLP_CASES, PARAMETER_COUNTS

HERE = pathlib.Path(__file__).parent
STEPS = 10


def is_mlp(case):
    return "Loss" in case


def layout_of(case):
    sequence_length = len(case["Batches"][0]["Tokens"][0])
    if is_mlp(case):
        outputs = case["TemplateWidth"] or case["Vocabulary"]
        return mlp.layout(case["Model"], case["Vocabulary"], sequence_length, outputs, case["InputWidth"])
    return transformer.layout(case["Model"], case["Vocabulary"], sequence_length)


def tensors_of(case):
    """The layout with how each tensor starts: wide enough that attention is not uniform and no gradient is tiny."""
    result = []
    for name, kind, rows, columns in layout_of(case):
        base = 1.0 if kind == "gain" else 0.0
        scale = {"embedding": 0.5, "matrix": round(2 / math.sqrt(rows), 3), "gain": 0.1, "bias": 0.1}[kind]
        result.append({"Name": name, "Rows": rows, "Columns": columns, "Base": base, "Scale": scale})
    return result


def split(tensors, flat):
    """The flat vector as named tensors; a vector loses its second axis."""
    sizes = [t["Rows"] * t["Columns"] for t in tensors]
    return {
        t["Name"]: part if t["Columns"] == 1 else part.view(t["Rows"], t["Columns"])
        for t, part in zip(tensors, torch.split(flat, sizes))
    }


def templates_of(case, flat):
    """(classes, outputs): one-hot vectors, or those behind the parameters."""
    if case["TemplateWidth"] is None:
        return torch.eye(case["Vocabulary"], dtype=flat.dtype)
    return torch.from_numpy(formula.templates(flat.numel(), case["Vocabulary"], case["TemplateWidth"])).to(flat.dtype)


def vectors_of(case, flat):
    """(V, D) what the tokens stand for, behind the templates."""
    if case["InputWidth"] is None:
        return None
    first = flat.numel() + case["Vocabulary"] * case["TemplateWidth"]
    return torch.from_numpy(formula.templates(first, case["Vocabulary"], case["InputWidth"])).to(flat.dtype)


def outputs_of(case, tensors, flat, tokens):
    """What an MLP says; without what it said at the start, where it starts at zero."""
    vectors = vectors_of(case, flat.detach())
    y = mlp.outputs(case["Model"], split(tensors, flat), tokens, case["Vocabulary"], vectors)
    if case["Model"].get("StartsAtZero"):
        initial = torch.from_numpy(formula.parameters(tensors)).to(flat.dtype)
        y = y - mlp.outputs(case["Model"], split(tensors, initial), tokens, case["Vocabulary"], vectors)
    return y


def loss_of(case, tensors, flat, batch):
    model = case["Model"]
    tokens, targets = torch.tensor(batch["Tokens"]), torch.tensor(batch["Targets"])
    if is_mlp(case):
        y = outputs_of(case, tensors, flat, tokens)
        return mlp.loss(case["Loss"], y, targets.squeeze(-1), templates_of(case, flat.detach()))
    dropout = None
    if model.get("Dropout", 0) > 0:
        shape = (*tokens.shape, model["DModel"])
        factors = formula.dropout_factors(flat.numel(), model["NLayers"], shape, model["Dropout"])
        dropout = [torch.from_numpy(f).to(flat.dtype) for f in factors]
    return transformer.loss(model, split(tensors, flat), tokens, case["ReadPositions"], targets, dropout)


def loss_and_gradient(case, tensors, flat, batch):
    leaf = flat.detach().clone().requires_grad_()
    value = loss_of(case, tensors, leaf, batch)
    value.backward()
    return value.item(), leaf.grad


def run(case, dtype=torch.float64):
    """Losses, first gradient, initial and final parameters of one case."""
    tensors = tensors_of(case)
    initial = torch.from_numpy(formula.parameters(tensors)).to(dtype)
    embeddings = sum(t["Rows"] * t["Columns"] for t in tensors if t["Name"].startswith("W_E"))
    optimizer = optimizers.start(case["Optimizer"], initial, embeddings)
    flat, losses, first_gradient = initial, [], None
    for step in range(STEPS):
        batch = case["Batches"][step % len(case["Batches"])]
        value, gradient = loss_and_gradient(case, tensors, flat, batch)
        losses.append(value)
        first_gradient = gradient if first_gradient is None else first_gradient
        if case.get("OrthogonalGradient"):
            slopes, weights = split(tensors, gradient), split(tensors, flat)
            gradient = torch.cat([optimizers.orthogonal(slopes[name], weights[name]).flatten() for name in slopes])
        if case["ClipNorm"] is not None:
            gradient = optimizers.clipped(gradient, case["ClipNorm"])
        flat = optimizer.update(flat, gradient, optimizers.scheduled_rate(case["Optimizer"]["LearningRate"], step), step)
    losses.append(loss_of(case, tensors, flat, case["Batches"][0]).item())
    return losses, first_gradient, initial, flat


def without_noise(gradient):
    """The gradient of b_K is 0, for a softmax ignores what is added to all its scores; rounding makes it 1e-17."""
    return torch.where(gradient.abs() < 1e-13 * gradient.norm(), torch.zeros_like(gradient), gradient)


def little_endian(flat):
    return flat.numpy().astype("<f4").tobytes()


def packed(flat, stride):
    return base64.b64encode(little_endian(flat[::stride])).decode()


def rounded(values):
    return [float(f"{value:.12g}") for value in values]


def norms(tensors, flat):
    return rounded(part.norm().item() for part in split(tensors, flat).values())


def expected(case):
    tensors = tensors_of(case)
    losses, gradient, initial, final = run(case)
    gradient = without_noise(gradient)
    return {
        **case,
        "Parameters": tensors,
        "InitialSha256": hashlib.sha256(little_endian(initial)).hexdigest(),
        "Losses": rounded(losses),
        "GradientNorms": norms(tensors, gradient),
        "UpdateNorms": norms(tensors, final - initial),
        "Gradient": packed(gradient, case["Stride"]),
        "FinalParameters": packed(final, case["Stride"]),
    }


def write(path, fields):
    """One field a line, and one element a line where the elements are objects."""
    lines = []
    for name, value in fields.items():
        if isinstance(value, list) and isinstance(value[0], dict):
            text = "[\n" + ",\n".join("    " + json.dumps(element) for element in value) + "\n  ]"
        else:
            text = json.dumps(value)
        lines.append(f"  {json.dumps(name)}: {text}")
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8", newline="\n")


def check_parameter_counts():
    for entry in PARAMETER_COUNTS:
        tensors = transformer.layout(entry["Model"], entry["Vocabulary"], entry["SequenceLength"])
        count = sum(rows * columns for _, _, rows, columns in tensors)
        assert count == entry["Count"], f"{entry['Source']}: {count} parameters, published {entry['Count']}"


def rewrite(folder, cases):
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.json"):
        old.unlink()
    for case in cases:
        write(folder / (case["Name"] + ".json"), expected(case))


def main():
    torch.set_num_threads(1)
    check_parameter_counts()
    write(HERE / "parameter_counts.json", {"Models": PARAMETER_COUNTS})
    rewrite(HERE / "cases", CASES)
    rewrite(HERE / "mlp_cases", MLP_CASES)


if __name__ == "__main__":
    main()
