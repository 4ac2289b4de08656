using Grokking.Models;
using Grokking.Optimizers;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.TorchSharp;

/// <summary>What experiments must have in common to train in one ensemble; all else may differ from run to run.</summary>
/// <param name="Model">The network; its initialisation does not change an operation, but it is part of the value.</param>
/// <param name="Convention">Gives the length of a sequence and the positions that are read.</param>
/// <param name="PrefixLength">Tokens of the beginnings that sequences share; see <see cref="SharedPrefixes"/>.</param>
/// <param name="Prefixes">How many distinct ones there are.</param>
/// <param name="InputTokens">Tokens that can be read.</param>
/// <param name="OutputTokens">Tokens that can be predicted.</param>
/// <param name="Loss">What is minimised.</param>
/// <param name="InputWidth">Numbers of the vector that a token stands for; null where it stands for none.</param>
/// <param name="AnswerWidth">Numbers of the vector that an answer stands for; null where an answer is an output.</param>
/// <param name="RightBelow">See <see cref="VectorTask.RightBelow"/>.</param>
/// <param name="Rule">See <see cref="UpdateRule.Structure"/>.</param>
/// <param name="HasWeightNoise">Whether the passes see noisy weights.</param>
/// <param name="IsClipped">Whether any gradient may be clipped.</param>
/// <param name="OrthogonalGradient">See <see cref="Experiment.OrthogonalGradient"/>.</param>
/// <param name="ConstantNorm">See <see cref="Experiment.ConstantNorm"/>.</param>
/// <param name="MaxExamples">B, rows of the largest batch; smaller ones are filled up with rows that count nothing.</param>
/// <param name="EvaluationRows">E, equations that are evaluated.</param>
internal sealed record EnsembleShape(
    ModelConfig Model,
    SequenceConvention Convention,
    int PrefixLength,
    int Prefixes,
    int InputTokens,
    int OutputTokens,
    LossKind Loss,
    int? InputWidth,
    int? AnswerWidth,
    double? RightBelow,
    OptimizerConfig Rule,
    bool HasWeightNoise,
    bool IsClipped,
    bool OrthogonalGradient,
    bool ConstantNorm,
    int MaxExamples,
    int EvaluationRows);
