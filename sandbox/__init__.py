"""A real single-node Kubernetes, made to look like OpenShift, from package registries alone."""
