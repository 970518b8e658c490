"""How long models take: this project beside what LiteLLM, Pulumi and the Ansible role need.

`benchmarks/run` measures on a deployment of its own and writes the README's section from what it measured.
"""
