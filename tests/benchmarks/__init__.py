"""Tests of the benchmarks: of what they show, never of how long anything takes."""
