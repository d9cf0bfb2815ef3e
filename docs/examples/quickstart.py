"""How many people were trained in each county: a whole table, checked, with nothing but Python.

export POVTRACK_URL=https://povtrack.example POVTRACK_TOKEN=...
python quickstart.py 2010
"""

import csv
import hashlib
import io
import os
import sys
import urllib.parse
import urllib.request

asked = {"year": sys.argv[1], "level": 3, "ordering": "area_code", "format": "csv"}
asked["fields"] = "area_code,area_name,totals.trained"
request = urllib.request.Request(
    f"{os.environ['POVTRACK_URL']}/api/v1/rollups/dew/?{urllib.parse.urlencode(asked)}",
    headers={"Authorization": f"Token {os.environ['POVTRACK_TOKEN']}"},
)
with urllib.request.urlopen(request) as answer:
    body = answer.read()
assert hashlib.sha256(body).hexdigest() == answer.headers["Povtrack-SHA256"], "the download is torn"
for row in csv.DictReader(io.StringIO(body.decode())):
    print(row["area_code"], row["area_name"], row["totals.trained"], sep=",")
