"""Sweeps: a design of points, its runs on any executor, and a folder that survives a kill."""
