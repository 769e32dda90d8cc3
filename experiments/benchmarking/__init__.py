"""How fast the model runs, and against what."""
