"""How fast the model runs, and against what: each figure with its goal, a ratio from the same run, and its limit."""
