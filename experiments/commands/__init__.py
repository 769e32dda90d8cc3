"""The commands of `symbiopark`, a function each: options in, one call, text out."""
