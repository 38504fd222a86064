"""Made catalogues of any size: the words, the products, the bulk loading, and its proof against the real operations."""
