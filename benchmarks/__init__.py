"""Measuring how fast the cleaner is; see docs/benchmarks.md."""
