"""Typed clients of the cluster, the gateway and the database; none of them knows Pulumi."""
