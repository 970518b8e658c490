"""Tests of the sandbox's Pulumi engine."""
