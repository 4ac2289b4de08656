"""What is checked: each case is a model, an update rule and the batches it sees."""

from formula import integers

POWER = {
    "NLayers": 2, "DModel": 128, "NHeads": 4, "MlpMultiplier": 4, "Norm": "Post", "NormAffine": True, "FinalNorm": False,
    "Positions": "Sinusoidal", "AttentionBiases": False, "MlpBiases": False, "UnembedBias": False, "Activation": "Relu",
}  # fmt: skip
NANDA = {**POWER, "NLayers": 1, "Norm": "None", "Positions": "Learned", "MlpBiases": True}

ADAMW = {
    "Kind": "AdamW", "LearningRate": 1e-2, "Beta1": 0.9, "Beta2": 0.98, "Epsilon": 1e-8, "WeightDecay": 1.0, "DecayTarget": "Origin",
}  # fmt: skip
SGD = {"Kind": "Sgd", "LearningRate": 0.1, "Momentum": 0.9, "WeightDecay": 0.0}


def equations(count, elements, first):
    """`count` pairs (a, b) with repeats; a from the first half of the elements only, so that many sequences begin alike."""
    a = integers(count, (elements + 1) // 2, first)
    b = integers(count, elements, first + count)
    return list(zip(a, b))


def paper_text(elements, sizes):
    """`a op b =`, read at position 3; tokens 0 ... n-1 are the elements, n is op, n+1 is =."""
    batches = []
    for i, size in enumerate(sizes):
        pairs = equations(size, elements, 1000 * i)
        tokens = [[a, elements, b, elements + 1] for a, b in pairs]
        batches.append({"Tokens": tokens, "Targets": [[(a + b) % elements] for a, b in pairs]})
    return {"Vocabulary": elements + 2, "ReadPositions": [3], "Batches": batches}


def openai_code(elements, sizes, vocabulary):
    """`<eos> a op b = c`, read at positions 4 and 5 with targets c and <eos>; <eos> 0, = 1, op 2, and the elements from 3 on."""
    batches = []
    for i, size in enumerate(sizes):
        triples = [(3 + a, 3 + b, 3 + (a + b) % elements) for a, b in equations(size, elements, 1000 * i)]
        batches.append({"Tokens": [[0, a, 2, b, 1, c] for a, b, c in triples], "Targets": [[c, 0] for _, _, c in triples]})
    return {"Vocabulary": vocabulary, "ReadPositions": [4, 5], "Batches": batches}


def nanda(elements, sizes):
    """`a b =`, read at position 2; token n is =."""
    batches = []
    for i, size in enumerate(sizes):
        pairs = equations(size, elements, 1000 * i)
        batches.append({"Tokens": [[a, b, elements] for a, b in pairs], "Targets": [[(a + b) % elements] for a, b in pairs]})
    return {"Vocabulary": elements + 1, "ReadPositions": [2], "Batches": batches}


def case(name, about, data, model, optimizer, clip_norm=None, stride=1):
    """stride: of the flat gradient and parameters, only elements 0, stride, 2·stride, ... are stored."""
    return {
        "Name": name, "About": about, "Model": model, "Optimizer": optimizer, "ClipNorm": clip_norm, "Stride": stride, **data,
    }  # fmt: skip


CASES = [
    case(
        "post_two_layers",
        "The paper's architecture made small; one batch of 19 with repeated prefixes and repeated equations.",
        paper_text(13, [19]),
        {**POWER, "DModel": 16},
        ADAMW,
    ),
    case(
        "post_openai_sequences",
        "openai/grok's six tokens with two scored targets; decay towards the initialisation; three batches of different size.",
        openai_code(11, [13, 9, 16], 14),
        {**POWER, "DModel": 12, "NHeads": 3, "MlpMultiplier": 2},
        {**ADAMW, "WeightDecay": 0.5, "DecayTarget": "Initialization"},
    ),
    case(
        "post_openai_vocabulary",
        "239 tokens of which few occur: embedding rows without gradient still decay under AdamW but not under this Adam.",
        openai_code(23, [21], 239),
        {**POWER, "NLayers": 1, "DModel": 8, "NHeads": 2},
        {**ADAMW, "WeightDecay": 0.0, "Beta2": 0.999},
    ),
    case(
        "pre_three_layers",
        "Pre-norm with a final norm, one head, GELU, learned positions; L2 in the gradient instead of decoupled decay.",
        paper_text(9, [11, 1, 8]),
        {**POWER, "NLayers": 3, "DModel": 8, "NHeads": 1, "MlpMultiplier": 3, "Norm": "Pre", "FinalNorm": True,
         "Activation": "Gelu", "Positions": "Learned"},  # fmt: skip
        {**ADAMW, "WeightDecay": 0.1, "DecayTarget": "Gradient"},
    ),
    case(
        "nanda",
        "Nanda et al. 2023 made small: no norms, learned positions, MLP biases, three tokens; 4 heads of width 5.",
        nanda(11, [27]),
        {**NANDA, "DModel": 20},
        ADAMW,
    ),
    case(
        "biases_everywhere",
        "Every bias there is, GELU, post-norm; SGD with momentum and weight decay.",
        paper_text(10, [15, 15]),
        {**POWER, "DModel": 10, "NHeads": 2, "AttentionBiases": True, "MlpBiases": True, "UnembedBias": True,
         "Activation": "Gelu", "Positions": "Learned"},  # fmt: skip
        {**SGD, "WeightDecay": 0.01},
    ),
    case(
        "norms_without_gain",
        "Norms that train nothing, after each block and at the end, with attention biases; L2 in the gradient.",
        openai_code(8, [10], 11),
        {**POWER, "DModel": 12, "NHeads": 2, "MlpMultiplier": 2, "Norm": "Pre", "NormAffine": False, "FinalNorm": True,
         "AttentionBiases": True},  # fmt: skip
        {**ADAMW, "WeightDecay": 0.2, "DecayTarget": "Gradient"},
    ),
    case(
        "clipped",
        "The gradient is cut to norm 0.25 in every step; 3 heads of width 8, a narrow MLP, norms that train nothing.",
        paper_text(12, [17, 23]),
        {**POWER, "NLayers": 1, "DModel": 24, "NHeads": 3, "MlpMultiplier": 1, "NormAffine": False},
        ADAMW,
        clip_norm=0.25,
    ),
    case(
        "odd_width",
        "Width 9 in 3 heads, no norms but the last; clipped SGD without momentum.",
        paper_text(7, [5, 12]),
        {**POWER, "DModel": 9, "NHeads": 3, "Norm": "None", "FinalNorm": True, "Positions": "Learned", "UnembedBias": True},
        {**SGD, "Momentum": 0.0},
        clip_norm=0.5,
    ),
    case(
        "wide",
        "Width 48 in 4 heads, pre-norm without a final norm, openai/grok's sequences; every seventh element.",
        openai_code(17, [33], 20),
        {**POWER, "NLayers": 1, "DModel": 48, "MlpMultiplier": 2, "Norm": "Pre"},
        {**ADAMW, "LearningRate": 3e-3},
        stride=7,
    ),
    case(
        "dropout",
        "A quarter of the MLP's outputs dropped by a mask that every step repeats; equal prefixes no longer have equal activations.",
        paper_text(9, [14]),
        {**POWER, "DModel": 8, "NHeads": 2, "Dropout": 0.25},
        ADAMW,
    ),
    case(
        "paper_size",
        "The paper's own model on a batch of 64 of 97 elements; every 997th element and the norms.",
        paper_text(97, [64]),
        POWER,
        {**ADAMW, "LearningRate": 1e-3},
        stride=997,
    ),
]  # fmt: skip

MLP = {"Input": "OneHot", "DEmbed": 1, "NLayers": 1, "DHidden": 16, "Activation": "Relu", "Biases": False}


def operands(elements, sizes):
    """`a b` and the class a + b mod n."""
    batches = []
    for i, size in enumerate(sizes):
        pairs = equations(size, elements, 1000 * i)
        batches.append({"Tokens": [[a, b] for a, b in pairs], "Targets": [[(a + b) % elements] for a, b in pairs]})
    return {"Vocabulary": elements, "Batches": batches}


def ordered_sums(elements, sizes):
    """`a b` with a ≤ b and the class a + b without a modulus, of 2n - 1 classes."""
    batches = []
    for i, size in enumerate(sizes):
        pairs = [sorted(pair) for pair in equations(size, elements, 1000 * i)]
        batches.append({"Tokens": pairs, "Targets": [[a + b] for a, b in pairs]})
    return {"Vocabulary": 2 * elements - 1, "Batches": batches}


def four_tokens(elements, sizes):
    """`a op b =` and the answer."""
    data = paper_text(elements, sizes)
    return {"Vocabulary": data["Vocabulary"], "Batches": data["Batches"]}


def regression(examples, sizes):
    """One token that stands for its vector, and its own row of the targets."""
    batches = []
    for i, size in enumerate(sizes):
        rows = [[token] for token in integers(size, examples, 1000 * i)]
        batches.append({"Tokens": rows, "Targets": rows})
    return {"Vocabulary": examples, "Batches": batches}


def mlp_case(
    name, about, data, model, loss, optimizer, template_width=None, orthogonal=False, clip_norm=None, stride=1, input_width=None
):
    return {
        "Name": name, "About": about, "Model": model, "Loss": loss, "TemplateWidth": template_width, "OrthogonalGradient": orthogonal,
        "InputWidth": input_width, "Optimizer": optimizer, "ClipNorm": clip_norm, "Stride": stride, **data,
    }  # fmt: skip


MLP_CASES = [
    mlp_case(
        "one_hot_quadratic",
        "Doshi et al. 2023 made small: quadratic units without biases, squared error against one-hot vectors, a strong decay.",
        operands(11, [19]),
        {**MLP, "DHidden": 20, "Activation": "Quadratic"},
        "SquaredError",
        {**ADAMW, "WeightDecay": 5.0},
    ),
    mlp_case(
        "one_hot_two_layers",
        "Two layers of rectifiers under cross-entropy; two batches of different size.",
        operands(13, [23, 17]),
        {**MLP, "NLayers": 2},
        "CrossEntropy",
        {**ADAMW, "WeightDecay": 0.5, "DecayTarget": "Initialization"},
    ),
    mlp_case(
        "templates_two_rates",
        "Liu et al. 2022 made small: scalar embeddings added up, two tanh layers, a random vector for each sum, two AdamW rates; tokens "
        "without gradient.",
        ordered_sums(6, [15, 9, 1]),
        {**MLP, "Input": "SummedEmbeddings", "NLayers": 2, "DHidden": 14, "Activation": "Tanh", "Biases": True},
        "SquaredError",
        {
            "Kind": "EmbeddingsApart", "LearningRate": 1.0,
            "Embeddings": {**ADAMW, "LearningRate": 1e-2, "Beta2": 0.999, "WeightDecay": 0.0},
            "Others": {**ADAMW, "LearningRate": 1e-3, "Beta2": 0.999, "WeightDecay": 1.0},
        },  # fmt: skip
        template_width=7,
    ),
    mlp_case(
        "separate_embeddings",
        "An embedding of width 5 for each of four positions, rectifiers, biases; the gradient is cut to norm 0.25 in every step.",
        four_tokens(10, [21, 14]),
        {**MLP, "Input": "SeparateEmbeddings", "DEmbed": 5, "DHidden": 18, "Biases": True},
        "CrossEntropy",
        {**SGD, "WeightDecay": 0.01},
        clip_norm=0.25,
    ),
    mlp_case(
        "stable_max_orthogonal",
        "Prieto et al. 2025 made small: StableMax, and each gradient orthogonal to its weights.",
        operands(13, [29]),
        {**MLP, "NLayers": 2},
        "StableMax",
        {**ADAMW, "WeightDecay": 0.0},
        orthogonal=True,
    ),
    mlp_case(
        "summed_embeddings_two_rules",
        "Embeddings of width 6 added up, GELU, StableMax; AdamW for the embeddings and SGD for the rest, an orthogonal gradient that is "
        "then cut to norm 0.1.",
        operands(9, [16, 16]),
        {**MLP, "Input": "SummedEmbeddings", "DEmbed": 6, "DHidden": 12, "Activation": "Gelu", "Biases": True},
        "StableMax",
        {"Kind": "EmbeddingsApart", "LearningRate": 0.5, "Embeddings": {**ADAMW, "DecayTarget": "Gradient", "WeightDecay": 0.1}, "Others": SGD},
        orthogonal=True,
        clip_norm=0.1,
    ),
    mlp_case(
        "committee_from_zero",
        "Kumar et al. 2024 made small: vectors, slightly curved units, a scaled mean over them that stays, outputs of zero at the start; "
        "SGD without momentum.",
        regression(31, [19, 12]),
        {**MLP, "Input": "Vectors", "DHidden": 20, "Activation": "LinearQuadratic", "Curvature": 0.25, "Initialization": "Committee",
         "ReadoutScale": 2.5, "FrozenReadout": True, "StartsAtZero": True},
        "SquaredError",
        {**SGD, "Momentum": 0.0},
        template_width=1,
        input_width=9,
    ),
    mlp_case(
        "student_of_vectors",
        "Liu et al. 2023 made small: five numbers in and out, two tanh layers with biases, a decay to where they started.",
        regression(23, [17]),
        {**MLP, "Input": "Vectors", "NLayers": 2, "DHidden": 14, "Activation": "Tanh", "Biases": True},
        "SquaredError",
        {**ADAMW, "Beta2": 0.999, "WeightDecay": 0.5, "DecayTarget": "Initialization"},
        template_width=5,
        input_width=5,
    ),
    mlp_case(
        "doshi_size",
        "Doshi et al. 2023 at their own size on a batch of 130 of 97 elements; every 997th element and the norms.",
        operands(97, [130]),
        {**MLP, "DHidden": 500, "Activation": "Quadratic"},
        "SquaredError",
        {**ADAMW, "WeightDecay": 5.0},
        stride=997,
    ),
]  # fmt: skip

PARAMETER_COUNTS = [
    {"Source": "Power et al. 2022 as openai/grok builds it", "Model": POWER, "Vocabulary": 239, "SequenceLength": 6, "Count": 455_424},
    {"Source": "Nanda et al. 2023, p = 113", "Model": NANDA, "Vocabulary": 114, "SequenceLength": 3, "Count": 226_816},
]
