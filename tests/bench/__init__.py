"""`make bench`: what the site costs, beside its budgets, measured on this machine in one run."""
