#!/bin/sh
# How many people were trained in each county: a whole table, checked, with nothing but curl.
#
#     export POVTRACK_URL=https://povtrack.example POVTRACK_TOKEN=...
#     sh quickstart.sh 2010
set -eu

ask() {
	curl --fail-with-body --silent --show-error --header "Authorization: Token $POVTRACK_TOKEN" "$@"
}

# Who am I to the API, and which areas may I read?
ask "$POVTRACK_URL/api/v1/me/" >me.json

# The totals of all counties of a year (level 3), as a file that holds them all.
ask --output dew.csv --dump-header headers.txt \
	"$POVTRACK_URL/api/v1/rollups/dew/?year=$1&level=3&fields=area_code,area_name,totals.trained&ordering=area_code&format=csv"

# The file is whole if its SHA-256 is the one that the answer told.
told=$(tr -d '\r' <headers.txt | sed -n 's/^povtrack-sha256: //Ip')
echo "$told  dew.csv" | sha256sum --check --quiet

tail -n +2 dew.csv
