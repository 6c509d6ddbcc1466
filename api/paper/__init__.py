"""Ways to write down whatever is paper: one for each form, none of which knows what it writes."""
