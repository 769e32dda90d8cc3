"""Questions put to the model: commands, figures, reports."""
