"""What is wanted, as plain typed values: no network, no Pulumi."""
