"""The hash-chained log of what was done, one vocabulary ("listing.published")."""
