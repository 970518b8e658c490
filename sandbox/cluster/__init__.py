"""The running cluster: what it needs, how it starts, how it stops without leaving anything behind."""
