"""Tools that know nothing of symbiopark ask it for numbers: `outcome` is a plain function of parameters."""

from __future__ import annotations

import optuna

from experiments import outcome


def test_optuna_finds_the_prior_trust_with_the_most_streams() -> None:
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    study = optuna.create_study(direction="maximize", sampler=optuna.samplers.RandomSampler(seed=1))

    def streams(trial: optuna.Trial) -> float:
        prior = trial.suggest_float("trust__prior", 0.2, 0.8)
        return float(outcome("classroom", seed=1, trust__prior=prior)["streams_2029"])

    study.optimize(streams, n_trials=6)
    values = [trial.value for trial in study.trials]
    assert study.best_value == max(value for value in values if value is not None)
    assert len(set(values)) > 1, "the prior matters"
    again = outcome("classroom", seed=1, **study.best_params)["streams_2029"]
    assert again == study.best_value
