"""Findings: claims of the literature tried on the model with verdicts, ablations, and questions of our own.

Each is a table entry (`experiments.findings.table.FINDINGS`): what is run, what is compared pair by pair,
the rule by which a claim is said to replicate or not, a figure and a page.
"""
