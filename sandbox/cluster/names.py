"""Names and addresses inside the sandbox; its Go, image and engine parts count on the same ones."""

from pathlib import Path

from sandbox.paths import NAME

NETWORK = NAME
"""The network namespace, the CNI network and the pods' parent cgroup all bear this name."""

NETWORK_FILE = Path("/run/netns") / NETWORK
NODE = "node0"
NODE_ADDRESS = "10.90.0.1"
SERVICES = "10.96.0.0/16"
FIRST_SERVICE = "10.96.0.1"
"""The address of Service `kubernetes`, which the API server's certificate must name."""

PODS = "10.244.0.0/24"
CLUSTER_DOMAIN = "cluster.local"
APPS_DOMAIN = "apps.sandbox.test"
API = f"https://{NODE_ADDRESS}:6443"
PAUSE_IMAGE = "registry.k8s.io/pause:3.10"
FLAVOURS = ("aws", "cnv", "plain")
