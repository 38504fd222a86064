"""How the database came to its present shape, one numbered step a file."""
