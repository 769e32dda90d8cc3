"""Tests: formulas, laws that hold in every run, stories of two or three companies, seeded numbers."""
