"""The root file system that LiteLLM and the model endpoint stand on; containerd keeps it once."""

from sandbox.images.tools.debian import root_layer

ROOT = root_layer(
    "layer-python",
    "bash",
    "coreutils",
    "dash",
    "grep",
    "libc-bin",
    "nodejs",
    "openssl",
    "python3.11",
    "sed",
    "tzdata",
)
