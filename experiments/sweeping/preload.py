"""Imported once by the server that workers are forked from: the model is loaded and compiled then."""

from simulation.run import simulate

simulate("classroom")
