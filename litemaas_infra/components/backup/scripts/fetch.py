"""Runs in a pod: gets a backup out of the object store, `latest` or by its name."""

import os
import re
import sys
from pathlib import Path

import boto3  # type: ignore[import-untyped]  # the gateway's image has it

FOLDER = Path("/backups")
BUCKET, PREFIX, WANTED = os.environ["BUCKET"], os.environ["PREFIX"], os.environ["RESTORE"]
LAST = "salt.sha256"


def main() -> None:
    """All files of it; of one that is not whole, none."""
    store = boto3.client("s3", endpoint_url=os.environ.get("ENDPOINT"))
    pages = store.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix=f"{PREFIX}/")
    keys = [item["Key"] for page in pages for item in page.get("Contents", [])]
    whole = sorted({key.split("/")[-2] for key in keys if re.search(rf"/\d{{8}}T\d{{6}}Z/{LAST}$", key)})
    name = WANTED if WANTED != "latest" else (whole or ["at all"])[-1]
    if name not in whole:
        there = f"it has: {' '.join(whole)}"
        print(f"bucket {BUCKET} has no backup {name} under {PREFIX}; {there}", file=sys.stderr)
        sys.exit(os.EX_CONFIG)  # no other try would mend it
    (FOLDER / name).mkdir(exist_ok=True)
    for key in keys:
        if key.startswith(f"{PREFIX}/{name}/"):
            store.download_file(BUCKET, key, str(FOLDER / name / Path(key).name))


main()
