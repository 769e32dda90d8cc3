"""Stress tests: what a park loses when partners leave, each loss against the exact twin run without it."""
