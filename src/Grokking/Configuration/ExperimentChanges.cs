using System.Text.Json.Nodes;
using Grokking.Training;

namespace Grokking.Configuration;

/// <summary>What one experiment sets differently from another, as C#'s <c>with</c> would say it.</summary>
public static class ExperimentChanges
{
    /// <summary>
    /// The fields of <paramref name="experiment"/> that differ from the baseline's, nested as they are; a record of another kind is there
    /// as a whole. Together with the baseline it says all that the experiment says.
    /// </summary>
    public static JsonObject Between(Experiment baseline, Experiment experiment) => Between(Tree(baseline), Tree(experiment));

    private static JsonObject Tree(Experiment experiment) => JsonNode.Parse(CanonicalJson.Write(experiment))!.AsObject();

    private static JsonObject Between(JsonObject baseline, JsonObject changed)
    {
        var changes = new JsonObject();
        foreach ((string name, JsonNode? value) in changed)
        {
            JsonNode? before = baseline[name];
            if (JsonNode.DeepEquals(before, value))
            {
                continue;
            }

            bool comparable = before is JsonObject && value is JsonObject && JsonNode.DeepEquals(before["kind"], value["kind"]);
            changes[name] = comparable ? Between(before!.AsObject(), value!.AsObject()) : value?.DeepClone();
        }

        return changes;
    }
}
