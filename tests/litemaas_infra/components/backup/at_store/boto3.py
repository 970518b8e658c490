"""In boto3's place where the scripts of the pods run: an object store that is a folder, and tells."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_STORE = Path(os.environ["STORE"])


def client(service: str, endpoint_url: str | None) -> "Store":
    """The folder's client."""
    assert service == "s3"
    assert endpoint_url == os.environ.get("ENDPOINT")
    return Store()


class Store:
    """As much of S3's client as the scripts use; buckets are folders, and a key is a file's path in one."""

    def upload_file(self, file: str, bucket: str, key: str) -> None:
        """Put, unless it is full."""
        if os.environ.get("FULL") == Path(key).name:
            raise OSError("the bucket is full")
        (_STORE / bucket / key).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, _STORE / bucket / key)
        print("put", key)  # noqa: T201

    def download_file(self, bucket: str, key: str, file: str) -> None:
        """Get."""
        shutil.copy(_STORE / bucket / key, file)

    def delete_object(self, *, Bucket: str, Key: str) -> None:  # noqa: N803
        """Let go of one."""
        (_STORE / Bucket / Key).unlink()
        print("deleted", Key)  # noqa: T201

    def get_paginator(self, operation: str) -> "Store":
        """It is its own."""
        assert operation == "list_objects_v2"
        return self

    def paginate(self, *, Bucket: str, Prefix: str) -> Iterator[dict[str, Any]]:  # noqa: N803
        """Every key on a page of its own, and a page without any."""
        bucket = _STORE / Bucket
        keys = [str(file.relative_to(bucket)) for file in sorted(bucket.rglob("*")) if file.is_file()]
        yield from ({"Contents": [{"Key": key}]} for key in keys if key.startswith(Prefix))
        yield {}
