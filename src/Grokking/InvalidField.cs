namespace Grokking;

/// <summary>The refusal of a value in a record, which is no parameter of the method that looks at it.</summary>
internal static class InvalidField
{
    /// <summary>Names the field, what it must be, and (the framework adds this) the value it has.</summary>
    public static ArgumentOutOfRangeException OutOfRange(string field, object? value, string requirement) =>
        new(field, value, $"{field} must be {requirement}.");
}
