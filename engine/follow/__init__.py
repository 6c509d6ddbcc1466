"""A plan followed over one variable: each line of pay as an exact function in straight pieces."""
