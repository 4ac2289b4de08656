#!/usr/bin/env python3
"""Holds what `grok export` writes to PyTorch: python3 tests/export/check_pytorch.py -- dotnet path/to/grok.dll

Trains a few models for a few steps with the given tool, exports curves and weights, loads the weights into PyTorch models that share
nothing with the C# engine, and compares loss and accuracy over the whole operation table with the last line of the exported curve. Reads
the CSV, JSON Lines and TensorBoard files with parsers of its own and holds them to each other. Needs torch; the tests of the solution
need none of this.

With the sources of openai/grok or TransformerLens at hand (--openai-grok DIR, --transformer-lens DIR) their own classes are used too.
"""

import argparse
import csv
import importlib.util
import json
import os
import pathlib
import struct
import subprocess
import sys
import tempfile
import types

import torch

import event_file
import lens_model
import openai_model
import safetensors_file

TOLERANCE = 1e-5

# name, arguments of `grok train`, layout, operation
CASES = [
    ("paper-text", ["paper-text", "steps=40", "seed=1"], "openai", "+"),
    ("openai-code", ["openai-code", "op=x-y", "steps=30", "seed=2"], "openai", "-"),
    ("five heads", ["paper-text", "op=x-y mod 23", "width=80", "heads=5", "layers=3", "lr=0.01", "steps=60"], "openai", "-"),
    ("nanda2023", ["nanda2023", "steps=25", "seed=3"], "transformerlens", "+"),
    ("small", ["small", "steps=100"], "transformerlens", "-"),
    (
        "everything",
        ["small", "act=Gelu", "model.attentionBiases=true", "model.mlpBiases=true", "model.unembedBias=true", "model.positions=Learned",
         "heads=8", "steps=100"],
        "transformerlens",
        "-",
    ),
]  # fmt: skip


def table(operation, p, convention):
    """tokens (N, T), the positions that are read, and the tokens that should follow them (N, R)."""
    a, b = torch.meshgrid(torch.arange(p), torch.arange(p), indexing="ij")
    a, b = a.reshape(-1), b.reshape(-1)
    c = (a + b) % p if operation == "+" else (a - b) % p
    if convention == "PaperText":
        sign, equals = torch.full_like(a, p), torch.full_like(a, p + 1)
        return torch.stack([a, sign, b, equals], dim=1), [3], c[:, None]
    # openai/grok's vocabulary: <eos>, =, its 20 operators sorted by their spelling, the numbers 0 to 96, the permutations.
    sign = torch.full_like(a, {"+": 6, "-": 9}[operation])
    eos, equals = torch.zeros_like(a), torch.ones_like(a)
    return torch.stack([eos, a + 22, sign, b + 22, equals, c + 22], dim=1), [4, 5], torch.stack([c + 22, eos], dim=1)


def score(logits, targets):
    """Mean loss over examples and positions, and the share of examples with every position right."""
    loss = -torch.log_softmax(logits.double(), dim=-1).gather(-1, targets[..., None]).mean()
    right = (logits.argmax(-1) == targets).all(-1).double().mean()
    return loss.item(), right.item()


def expected_score(line, count):
    """The same over the whole table, from the evaluation of its two parts."""
    train = round(line["train_fraction"] * count)
    share = train / count
    return tuple(share * line["train_" + what] + (1 - share) * line["val_" + what] for what in ("loss", "accuracy"))


def own_model(layout, config, state):
    """Tokens to logits, by the definitions beside this file; names and shapes have to be exactly the expected ones."""
    if layout == "openai":
        model = openai_model.Model(**config).eval()
        model.load_state_dict(state, strict=True)
        positions, mask = openai_model.expected_tables(config["max_context_len"], config["d_model"])
        # Our sines are taken of an angle in single precision.
        assert (model.position_encoding - positions).abs().max() < 4e-6 and torch.equal(model.self_attn_mask, mask)
        return model
    shapes = {name: tuple(tensor.shape) for name, tensor in state.items()}
    assert shapes == lens_model.expected_shapes(config), set(shapes.items()) ^ set(lens_model.expected_shapes(config).items())
    return lambda tokens: lens_model.logits(config, state, tokens)


def their_grok(folder, config, state):
    """openai/grok's own class."""
    sys.modules.setdefault("pytorch_lightning", types.ModuleType("pytorch_lightning"))
    spec = importlib.util.spec_from_file_location("grok_transformer", pathlib.Path(folder, "grok", "transformer.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    model = module.Transformer(**config).float().eval()  # its own script does the same: a table is made in double precision
    model.load_state_dict(state, strict=True)
    return lambda tokens: model(tokens)[0]


def their_lens(folder, config, state):
    """TransformerLens's own class; strict but for the constants of its attention."""
    sys.path.insert(0, folder)
    from transformer_lens import HookedTransformer

    model = HookedTransformer(config).eval()
    missing, unexpected = model.load_state_dict(state, strict=False)
    assert not unexpected and all(name.endswith(("attn.mask", "attn.IGNORE")) for name in missing), (missing, unexpected)
    return model


def check_curves(folder, lines):
    """CSV and event file say what the JSON Lines say."""
    expected = {}
    for line in lines:
        for column, tag in {
            "train_loss": "train/loss",
            "train_accuracy": "train/accuracy",
            "val_loss": "val/loss",
            "val_accuracy": "val/accuracy",
            "mirror_free_val_accuracy": "mirror_free_val/accuracy",
            "weight_norm": "weights/norm",
        }.items():
            if line[column] is not None:
                expected[line["step"], tag] = float(line[column])

    with open(folder / "curves.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {(int(row["step"]), f"{row['set']}/{row['metric']}"): float(row["value"]) for row in rows} == expected

    (events,) = (folder / "tensorboard").glob("*/*tfevents*")
    single = {key: struct.unpack("<f", struct.pack("<f", value))[0] for key, value in expected.items()}
    assert event_file.scalars(events) == single
    return len(expected)


def check(case, grok, arguments, folder):
    name, train, layout, operation = case
    environment = os.environ | {"GROKKING_STORE": str(folder / "store")}

    def run(*command):
        subprocess.run([*grok, *command], check=True, env=environment, stdout=subprocess.DEVNULL)

    run("train", *train)
    run("export", "--format", "jsonl", "--out", str(folder / "curves.jsonl"))
    run("export", "--format", "csv", "--out", str(folder / "curves.csv"))
    run("export", "--format", "tensorboard", "--out", str(folder / "tensorboard"))
    run("export", "--format", "safetensors", "--names", layout, "--out", str(folder / "model.safetensors"))

    lines = [json.loads(line) for line in (folder / "curves.jsonl").read_text().splitlines()]
    numbers = check_curves(folder, lines)
    state, metadata = safetensors_file.read(folder / "model.safetensors")
    config, experiment = json.loads(metadata["config"]), json.loads(metadata["experiment"])
    tokens, positions, targets = table(operation, experiment["task"]["modulus"], experiment["convention"])
    loss, accuracy = expected_score(lines[-1], len(tokens))

    models = {"own definition": own_model(layout, config, state)}
    if layout == "openai" and arguments.openai_grok:
        models["openai/grok"] = their_grok(arguments.openai_grok, config, state)
    if layout == "transformerlens" and arguments.transformer_lens:
        models["TransformerLens"] = their_lens(arguments.transformer_lens, config, state)

    good = True
    for kind, model in models.items():
        with torch.no_grad():
            got_loss, got_accuracy = score(torch.cat([model(part)[:, positions] for part in tokens.split(2048)]), targets)
        fits = abs(got_loss - loss) < TOLERANCE and abs(got_accuracy - accuracy) < 1.5 / len(tokens)
        good &= fits
        print(
            f"{name:12} {kind:15} loss {got_loss:.8f} is {loss:.8f} by the engine, off by {abs(got_loss - loss):.1e}; "
            f"accuracy {got_accuracy:.6f}, {accuracy:.6f}; {len(state)} tensors, {numbers} numbers: {'ok' if fits else 'WRONG'}"
        )

    # A control: one square matrix the wrong way round must show, or nothing above means anything.
    turned = [key for key in state if key.endswith(("self_attn.Wo.weight", "attn.W_O"))][0]
    shape = state[turned].shape
    state[turned] = state[turned].reshape(-1, shape[-1]).T.reshape(shape).contiguous()
    with torch.no_grad():
        wrong_loss, _ = score(own_model(layout, config, state)(tokens)[:, positions], targets)
    if abs(wrong_loss - loss) < 10 * TOLERANCE:
        print(f"{name:12} with {turned} transposed has the same loss: WRONG")
        good = False
    return good


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--openai-grok", metavar="DIR")
    parser.add_argument("--transformer-lens", metavar="DIR")
    parser.add_argument("grok", nargs="+", help="the tool, e.g. -- dotnet path/to/grok.dll")
    arguments = parser.parse_args()
    good = True
    for case in CASES:
        with tempfile.TemporaryDirectory() as folder:
            good &= check(case, arguments.grok, arguments, pathlib.Path(folder))
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
