#!/bin/sh
# Copy the locked front-end files into static/vendor, where they are checked in, so that running povtrack needs no Node.
set -eu
cd "$(dirname "$0")/.."

npm ci --ignore-scripts --no-audit --no-fund
mkdir -p static/vendor
cp node_modules/bootstrap/dist/css/bootstrap.min.css node_modules/bootstrap/LICENSE static/vendor/
mv static/vendor/LICENSE static/vendor/bootstrap.LICENSE
# The source map is not shipped, and collectstatic stops at a reference to a missing file.
sed -i -E 's@/\*# sourceMappingURL=[^ ]* \*/@@' static/vendor/bootstrap.min.css
rm -rf node_modules
