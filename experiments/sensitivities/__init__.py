"""Which fields an outcome depends on: Sobol indices and Morris effects of a sweep, with their convergence."""
