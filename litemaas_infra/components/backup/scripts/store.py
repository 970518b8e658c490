"""Runs in a pod: puts the backup that was just made into the object store, and lets go of the oldest."""

import os
import re
from pathlib import Path
from typing import Any

import boto3  # type: ignore[import-untyped]  # the gateway's image has it

FOLDER = Path("/backups")
BUCKET, PREFIX, KEEP = os.environ["BUCKET"], os.environ["PREFIX"], int(os.environ["KEEP"])
LAST = "salt.sha256"
"""What makes a backup whole: it is put last, and goes first."""


def main() -> None:
    """Put, then let go."""
    store = boto3.client("s3", endpoint_url=os.environ.get("ENDPOINT"))
    [made] = [folder for folder in FOLDER.iterdir() if re.fullmatch(r"\d{8}T\d{6}Z", folder.name)]
    for file in sorted(made.iterdir(), key=lambda file: file.name == LAST):
        store.upload_file(str(file), BUCKET, f"{PREFIX}/{made.name}/{file.name}")
    print(f"backup {made.name} is in bucket {BUCKET}")
    for name in sorted(_whole(store), reverse=True)[KEEP:]:
        for key in sorted(_keys(store, f"{name}/"), key=lambda key: not key.endswith(LAST)):
            store.delete_object(Bucket=BUCKET, Key=key)


def _whole(store: Any) -> set[str]:
    keys = _keys(store, "")
    return {key.split("/")[-2] for key in keys if re.search(rf"/\d{{8}}T\d{{6}}Z/{LAST}$", key)}


def _keys(store: Any, below: str) -> list[str]:
    pages = store.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix=f"{PREFIX}/{below}")
    return [item["Key"] for page in pages for item in page.get("Contents", [])]


main()
