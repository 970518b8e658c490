"""A Pulumi language host for Python programs: interpreter, run, and how it ended."""
