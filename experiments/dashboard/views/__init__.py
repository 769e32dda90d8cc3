"""The pages, drawn with Solara from what `experiments.dashboard.show` gives."""
