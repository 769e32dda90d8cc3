"""Calibration: which values of free parameters bring a park near the early part of its record.

Approximate Bayesian computation (Beaumont, Zhang & Balding 2002) with the record up to a year and no
further; described in docs/calibration.md.
"""
