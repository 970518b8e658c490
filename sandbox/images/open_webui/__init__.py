"""Images in the place of Open WebUI's and Apache Tika's: they ask of their surroundings what those would."""

from pathlib import Path

from sandbox.images.stand_in import stand_in

HERE = Path(__file__).parent
NAMES = {
    "chat": "ghcr.io/open-webui/open-webui:v0.10.2",
    "tika": "docker.io/apache/tika:3.2.3.0-full",
}

CHAT = stand_in("image-open-webui", NAMES["chat"], HERE / "chat", database=True)
TIKA = stand_in("image-tika", NAMES["tika"], HERE / "tika")
