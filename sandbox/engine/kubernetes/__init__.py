"""A stand-in for Pulumi's Kubernetes provider, for machines that cannot have the real one.

It serves the unmodified pulumi_kubernetes SDK with server-side apply against a real API server. Where
it can, it says why an object does not become ready, and gives up early when it cannot.

What it lacks, and refuses by name: Patch and List resources, Helm, Kustomize and YAML resources,
client-side apply, metadata.generateName. What it passes over: the settings renderYamlToDirectory,
skipUpdateUnreachable, kubeClientSettings and helmReleaseSettings, the annotation
pulumi.com/replaceUnready, and validation of inputs before the API server sees them.

What it does otherwise: it finds out in at most a minute that a rollout cannot succeed, where the real
one waits ten; it applies on the same behalf again after Pulumi's state was lost, where the real one
may meet a conflict with itself; it keeps all of a Secret's data secret, marked or not.
"""
