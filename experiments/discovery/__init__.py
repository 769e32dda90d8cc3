"""Scenario discovery: which conditions of a finished sweep lead to an outcome."""
