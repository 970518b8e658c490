"""A stand-in for Pulumi's Kubernetes provider, for machines that cannot have the real one.

It serves the unmodified pulumi_kubernetes SDK with server-side apply against a real API server. Where
it can, it says why an object does not become ready, and gives up early when it cannot.
"""
