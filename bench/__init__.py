"""How fast Premia is beside what its user could pick instead, as ratios taken in one run."""
