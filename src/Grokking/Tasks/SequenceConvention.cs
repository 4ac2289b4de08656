namespace Grokking.Tasks;

/// <summary>How an equation becomes a token sequence, and which tokens the loss covers.</summary>
public enum SequenceConvention
{
    /// <summary>
    /// <c>a ∘ b =</c>, loss and accuracy on the answer: the text of Power et al. 2022. The vocabulary is the task's own: its elements, ∘ and =.
    /// </summary>
    PaperText,

    /// <summary>
    /// <c>&lt;eos&gt; a ∘ b = c &lt;eos&gt;</c> in openai/grok's 239-token vocabulary; the loss is the mean over the answer and the closing end token,
    /// and an equation counts as right when both are.
    /// </summary>
    OpenAICode,

    /// <summary><c>a b</c> and nothing else, loss and accuracy on the answer: the inputs of an MLP. Elements and answers have the tokens from 0 on.</summary>
    Operands,
}
