"""Looks at a cluster, each of which gives what is wrong, in words that name the cause and what mends it."""
