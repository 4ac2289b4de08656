using Grokking.Tasks;

namespace Grokking.Tests.Unit.Tasks;

[Trait("Category", "Unit")]
public sealed class EquationTableTests
{
    // Power et al. 2022, A.1.1: 97², 97·96 without division by 0, and 120². Liu et al. 2022, §3: 10·11/2.
    [Fact]
    public void Tables_have_the_sizes_of_the_papers()
    {
        foreach (Operation operation in Operations.All)
        {
            int expected = operation switch
            {
                PermutationOperation => 14400,
                AlternatingProduct => 3600,
                OrderedAddition => 55,
                _ => operation is ModularOperation { Formula.ExcludesZeroDivisor: true } ? 9312 : 9409,
            };
            Assert.Equal(expected, new EquationTable(operation).Count);
        }
    }

    [Fact]
    public void The_symmetric_operations_of_the_papers_are_symmetric_and_the_others_are_not()
    {
        Operation[] symmetric = [Operations.Add, Operations.Multiply, Operations.SumOfSquares, Operations.SquaresAndProduct];
        Operation[] others =
        [
            Operations.Subtract, Operations.Divide, Operations.DivideOrSubtract, Operations.SquaresAndProductPlusX, Operations.CubeAndProduct,
            Operations.CubeAndProductOfSquare, Operations.Compose, Operations.Conjugate, Operations.Sandwich, Operations.ComposeEven, Operations.AddOrdered,
        ];
        Assert.All(symmetric, operation => Assert.True(new EquationTable(operation).IsSymmetric));
        Assert.All(others, operation => Assert.False(new EquationTable(operation).IsSymmetric));
    }

    [Fact]
    public void Every_answer_is_one_of_the_answers_there_can_be()
    {
        foreach (Operation operation in Operations.All)
        {
            foreach (int answer in new EquationTable(operation).Answers)
            {
                Assert.InRange(answer, 0, operation.AnswerCount - 1);
            }
        }
    }

    [Fact]
    public void Equations_ascend_in_a_and_then_in_b_without_the_undefined_ones()
    {
        var table = new EquationTable(Operations.Divide with { Modulus = 3 });
        Assert.Equal([0, 0, 1, 1, 2, 2], table.Left.ToArray());
        Assert.Equal([1, 2, 1, 2, 1, 2], table.Right.ToArray());
        Assert.Equal([0, 0, 1, 2, 2, 1], table.Answers.ToArray());
        Assert.False(table.IsSymmetric);
    }

    [Theory]
    [InlineData("x/y", 7)]
    [InlineData("x*y", 6)]
    [InlineData("x*y*x in S", 3)]
    public void An_equation_is_found_by_its_operands(string formula, int size)
    {
        var table = new EquationTable(Operations.Parse(formula, size));
        for (int i = 0; i < table.Count; i++)
        {
            Assert.Equal(i, table.IndexOf(table.Left[i], table.Right[i]));
        }
    }

    [Fact]
    public void An_undefined_equation_is_not_found_and_a_wrong_operand_is_an_error()
    {
        var table = new EquationTable(Operations.Divide with { Modulus = 5 });
        Assert.Null(table.IndexOf(3, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => table.IndexOf(5, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => table.IndexOf(1, -1));
    }

    [Fact]
    public void An_operation_that_does_not_exist_has_no_table() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new EquationTable(Operations.Divide with { Modulus = 91 }));
}
