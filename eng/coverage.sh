#!/usr/bin/env bash
# Runs the unit tests and fails where they fail or cover less than 90 % of the engine's lines.
# Usage: eng/coverage.sh [options of dotnet test, such as --no-build]
set -euo pipefail
cd "$(dirname "$0")/.."

required=90
results=TestResults/coverage
rm -rf "$results"
# What a process of the tool does is not measured, and what the test trains beside it is slow where it is; the unit run has it.
dotnet test tests/Unit --filter "Category=Unit&FullyQualifiedName!~StoppedProcessTests" --collect "XPlat Code Coverage" --results-directory "$results" "$@"

report=$(find "$results" -name coverage.cobertura.xml | head -n 1)
if [ -z "$report" ]; then
    echo "No coverage report under $results." >&2
    exit 1
fi

# A line may be listed in several classes or methods of its file; it counts once, as covered if any of them says so.
awk -v required="$required" '
    function value(name,    start, rest) {
        start = index($0, " " name "=\"")
        if (start == 0) return ""
        rest = substr($0, start + length(name) + 3)
        return substr(rest, 1, index(rest, "\"") - 1)
    }
    /<package /   { engine = value("name") == "Grokking" }
    /<\/package>/ { engine = 0 }
    engine && /<class / { file = value("filename") }
    engine && /<line / {
        key = file SUBSEP value("number")
        if (!(key in hits)) { hits[key] = 0; lines[file]++ }
        if (value("hits") > 0 && !hits[key]) { hits[key] = 1; covered[file]++ }
    }
    END {
        for (file in lines) {
            all += lines[file]
            hit += covered[file]
            if (covered[file] < lines[file]) printf "%5.1f %%  %4d of %4d lines  %s\n", 100 * covered[file] / lines[file], covered[file], lines[file], file | "sort -n"
        }
        close("sort -n")
        if (all == 0) { print "The report has no line of the assembly Grokking." > "/dev/stderr"; exit 1 }
        share = 100 * hit / all
        printf "Line coverage of src/Grokking: %.1f %% (%d of %d lines); required: %d %%.\n", share, hit, all, required
        if (share < required) exit 1
    }' "$report"
