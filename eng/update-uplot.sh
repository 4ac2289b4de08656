#!/usr/bin/env bash
# For maintainers, with npm: takes uPlot's files anew and writes down their hashes. Look at the report before you commit.
#   eng/update-uplot.sh 1.6.32
set -euo pipefail
version=${1:?which version?}
assets=$(cd "$(dirname "$0")/../src/Grokking.Cli/Assets/uPlot" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# npm holds the archive to the hash that the registry publishes; a version that is not new must have the hash that is written down here.
npm pack --silent "uplot@$version" > /dev/null
integrity="sha512-$(openssl dgst -sha512 -binary "uplot-$version.tgz" | base64 -w0)"
if grep -q "\"version\": \"$version\"" "$assets/assets.json" && ! grep -qF "$integrity" "$assets/assets.json"; then
    echo "uplot@$version is not the archive it was." >&2
    exit 1
fi

tar xzf "uplot-$version.tgz"
cp package/dist/uPlot.iife.min.js package/dist/uPlot.min.css package/LICENSE "$assets/"
hash() { sha256sum "$assets/$1" | cut -d' ' -f1; }
cat > "$assets/assets.json" <<END
{
  "package": "uplot",
  "version": "$version",
  "license": "MIT",
  "source": "dist/uPlot.iife.min.js, dist/uPlot.min.css and LICENSE of the npm package, unchanged",
  "integrity": "$integrity",
  "sha256": {
    "LICENSE": "$(hash LICENSE)",
    "uPlot.iife.min.js": "$(hash uPlot.iife.min.js)",
    "uPlot.min.css": "$(hash uPlot.min.css)"
  }
}
END
