"""Questions put to the model: runs with their summary and figures, comparisons, explanations."""
