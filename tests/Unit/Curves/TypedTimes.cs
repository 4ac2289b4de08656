using System.Globalization;
using Grokking.Curves;

namespace Grokking.Tests.Unit.Curves;

/// <summary>Event times as survival textbooks print them: "6 9+" is one at 6 and one censored at 9.</summary>
internal static class TypedTimes
{
    public static EventTime[] Times(string text) =>
    [
        .. text.Split(' ').Select(word => word.EndsWith('+')
            ? EventTime.Censored(double.Parse(word[..^1], CultureInfo.InvariantCulture))
            : EventTime.Observed(double.Parse(word, CultureInfo.InvariantCulture))),
    ];
}
