"""Formulas of `agents`, each by itself."""
