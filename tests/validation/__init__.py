"""A park held against its record: scores, null models, patterns, the page, the command."""
