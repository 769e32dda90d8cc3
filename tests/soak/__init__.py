"""The laws at length: many random parks, many random sequences of interventions (`python -m tests.soak`)."""
