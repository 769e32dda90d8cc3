"""EMA Workbench in several processes calls `outcome` unchanged and gets what one process gets."""

import warnings

import numpy as np

from experiments import outcome


def test_ema_workbench_in_two_processes() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # back ends that are not installed
        from ema_workbench import (
            Constant,
            Model,
            MultiprocessingEvaluator,
            RealParameter,
            Samplers,
            ScalarOutcome,
        )

        park = Model("classroom", function=outcome)
        park.uncertainties = [RealParameter("trust__prior", 0.2, 0.8)]
        park.constants = [Constant("scenario", "classroom"), Constant("outcomes", ["streams_2020"])]
        park.outcomes = [ScalarOutcome("streams_2020")]
        with MultiprocessingEvaluator(park, n_processes=2) as evaluator:
            points, results = evaluator.perform_experiments(12, uncertainty_sampling=Samplers.LHS, rng=1)
    alone = [
        outcome("classroom", outcomes=["streams_2020"], trust__prior=value)["streams_2020"]
        for value in points["trust__prior"]
    ]
    np.testing.assert_array_equal(results["streams_2020"], alone)
    assert len(set(alone)) > 1
