"""Sala's catalogue: subjects below, audiences above; importing a subject loads no Flask."""
