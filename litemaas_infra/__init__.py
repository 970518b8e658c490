"""LiteMaaS on OpenShift, declared: gateway, database and models in one Pulumi program."""
