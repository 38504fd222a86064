"""What is measured, a module an idea; `tests.bench.register` names them."""
