"""Images in the place of LiteMaaS's own: they take the same variables and files, and refuse what it would."""

from pathlib import Path

from sandbox.images.stand_in import stand_in

HERE = Path(__file__).parent
NAMES = {part: f"quay.io/rh-aiservices-bu/litemaas-{part}:0.4.0" for part in ("backend", "frontend")}
WRITTEN = ("opt/app-root/etc/nginx.default.d", "var/log/nginx", "var/lib/nginx/tmp")
"""Folders of the frontend's own image that it writes to."""

BACKEND = stand_in("image-litemaas-backend", NAMES["backend"], HERE / "backend", database=True)
FRONTEND = stand_in("image-litemaas-frontend", NAMES["frontend"], HERE / "frontend", written=WRITTEN)
