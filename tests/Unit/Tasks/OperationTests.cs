using Grokking.Tasks;

namespace Grokking.Tests.Unit.Tasks;

[Trait("Category", "Unit")]
public sealed class OperationTests
{
    public static TheoryData<int> Primes => [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 97];

    // x, y, x ∘ y by hand. 1/2 = 49 and 3/5 = 3·39 = 20 mod 97.
    [Theory]
    [InlineData("x+y", 96, 2, 1)]
    [InlineData("x-y", 3, 5, 95)]
    [InlineData("x/y", 1, 2, 49)]
    [InlineData("x/y", 3, 5, 20)]
    [InlineData("x*y", 50, 2, 3)]
    [InlineData("x*y", 0, 13, 0)]
    [InlineData("x/y|x-y", 3, 5, 20)]
    [InlineData("x/y|x-y", 3, 4, 96)]
    [InlineData("x/y|x-y", 3, 0, 3)]
    [InlineData("x^2+y^2", 9, 5, 9)]
    [InlineData("x^2+xy+y^2", 9, 5, 54)]
    [InlineData("x^2+xy+y^2+x", 9, 5, 63)]
    [InlineData("x^3+xy", 5, 7, 63)]
    [InlineData("x^3+xy^2+y", 5, 7, 86)]
    [InlineData("x^3+xy^2+y", 96, 96, 94)]
    public void A_modular_operation_gives_the_value_worked_out_by_hand(string formula, int x, int y, int answer) =>
        Assert.Equal(answer, Operations.Parse(formula, 97).Apply(x, y));

    [Theory]
    [MemberData(nameof(Primes))]
    public void Division_undoes_multiplication(int p)
    {
        ModularOperation divide = Operations.Divide with { Modulus = p };
        ModularOperation multiply = Operations.Multiply with { Modulus = p };
        for (int x = 0; x < p; x++)
        {
            for (int y = 1; y < p; y++)
            {
                Assert.Equal(x, multiply.Apply(divide.Apply(x, y), y));
            }
        }
    }

    // Power et al. 2022, section 3.2: the nonzero residues are the powers of a primitive root g, and g^i · g^j = g^(i+j mod p−1).
    [Theory]
    [MemberData(nameof(Primes))]
    public void Multiplication_of_nonzero_residues_is_addition_mod_p_minus_1_under_other_names(int p)
    {
        ModularOperation multiply = Operations.Multiply with { Modulus = p };
        ModularOperation divide = Operations.Divide with { Modulus = p };
        int[] powers = PowersOfAPrimitiveRoot(p);
        int order = p - 1;
        for (int i = 0; i < order; i++)
        {
            for (int j = 0; j < order; j++)
            {
                Assert.Equal(powers[(i + j) % order], multiply.Apply(powers[i], powers[j]));
                Assert.Equal(powers[(i - j + order) % order], divide.Apply(powers[i], powers[j]));
            }
        }
    }

    [Fact]
    public void Addition_mod_96_is_the_operation_behind_multiplication_mod_97()
    {
        ModularOperation addition = Operations.Add with { Modulus = 96 };
        int[] powers = PowersOfAPrimitiveRoot(97);
        for (int i = 0; i < 96; i++)
        {
            for (int j = 0; j < 96; j++)
            {
                Assert.Equal(powers[addition.Apply(i, j)], Operations.Multiply.Apply(powers[i], powers[j]));
            }
        }
    }

    [Fact]
    public void Of_the_closed_operations_only_divisions_leave_out_anything()
    {
        Assert.False(Operations.Divide.IsDefined(1, 0));
        Assert.True(Operations.Divide.IsDefined(0, 1));
        Assert.All(
            Operations.All.Where(operation => operation is not (ModularOperation { Formula.ExcludesZeroDivisor: true } or OrderedAddition)),
            operation => Assert.True(operation.IsDefined(1, 0)));
    }

    [Fact]
    public void Asking_for_an_undefined_answer_is_an_error()
    {
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => Operations.Divide.Apply(3, 0));
        Assert.Contains("x/y mod 97 is not defined for x = 3, y = 0", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Operations.Add.Apply(97, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Operations.Add.Apply(0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Operations.Compose.Apply(0, 120));
    }

    [Fact]
    public void Operations_with_one_formula_and_one_size_are_equal()
    {
        Assert.Equal(Operations.Add with { Modulus = 59 }, Operations.Add with { Modulus = 59 });
        Assert.Equal(new ModularOperation(new ModularFormula("x+y", static (x, y, p) => y + x)), Operations.Add);
        Assert.Equal((Operations.Add with { Modulus = 59 }).GetHashCode(), (Operations.Add with { Modulus = 59 }).GetHashCode());
        Assert.NotEqual(Operations.Add, Operations.Add with { Modulus = 59 });
        Assert.NotEqual(Operations.Add, Operations.Subtract);
        Assert.NotEqual<Operation>(Operations.Multiply, Operations.Compose);
        Assert.Equal(Operations.Compose with { Degree = 4 }, Operations.Compose with { Degree = 4 });
    }

    [Fact]
    public void Names_carry_formula_and_size()
    {
        Assert.Equal("x+y mod 59", (Operations.Add with { Modulus = 59 }).ToString());
        Assert.Equal("x*y in S5", Operations.Compose.ToString());
        Assert.Equal(Operations.All.Count, Operations.All.Select(operation => operation.Name).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void All_operations_are_found_by_their_names()
    {
        Assert.Equal(Operations.All.Count, Operations.Names.Count);
        for (int i = 0; i < Operations.All.Count; i++)
        {
            int paperSize = Operations.All[i] switch { PermutationOperation or AlternatingProduct => 5, OrderedAddition => 10, _ => 97 };
            Assert.Equal(Operations.All[i], Operations.Parse(Operations.Names[i], paperSize));
        }

        Assert.Equal(Operations.Conjugate with { Degree = 4 }, Operations.Parse("x * y * x^-1 in S", 4));
    }

    [Theory]
    [InlineData("x^2+yx+y^2", "x^2+xy+y^2")]
    [InlineData("x * y in S5", "x*y in S")]
    public void An_unknown_name_gets_the_list_and_the_nearest_name(string unknown, string nearest)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Operations.Parse(unknown, 5));
        Assert.Contains($"\"{unknown}\"", error.Message, StringComparison.Ordinal);
        Assert.Contains($"did you mean \"{nearest}\"", error.Message, StringComparison.Ordinal);
        Assert.All(Operations.Names, name => Assert.Contains(name, error.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    [InlineData(-97)]
    [InlineData(1001)]
    public void A_modulus_outside_its_range_is_refused(int modulus)
    {
        ArgumentOutOfRangeException error =
            Assert.Throws<ArgumentOutOfRangeException>((Operations.Add with { Modulus = modulus }).Validate);
        Assert.Equal("Modulus", error.ParamName);
        Assert.Equal(modulus, error.ActualValue);
        Assert.Contains("Modulus must be 2 to 1000", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x/y")]
    [InlineData("x/y|x-y")]
    public void A_composite_modulus_is_refused_where_the_formula_divides(string formula)
    {
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => Operations.Parse(formula, 96));
        Assert.Contains($"Modulus must be a prime from 2 to 1000, because {formula} divides", error.Message, StringComparison.Ordinal);
        Operations.Parse("x*y", 96).Validate();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void A_degree_outside_its_range_is_refused(int degree)
    {
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => Operations.Parse("x*y in S", degree));
        Assert.Contains("Degree must be 2 to 6", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_residue_that_shares_a_factor_with_the_modulus_has_no_inverse() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Residues.Inverse(4, 6));

    // The smallest g whose powers g⁰, g¹, … run through all p − 1 nonzero residues.
    private static int[] PowersOfAPrimitiveRoot(int p)
    {
        for (int g = 1; g < p; g++)
        {
            int[] powers = new int[p - 1];
            powers[0] = 1;
            for (int i = 1; i < powers.Length; i++)
            {
                powers[i] = powers[i - 1] * g % p;
            }

            if (powers.Distinct().Count() == p - 1)
            {
                return powers;
            }
        }

        throw new InvalidOperationException($"{p} has no primitive root.");
    }
}
