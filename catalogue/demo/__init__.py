"""The demonstration: made-up consortia as data, played through the real operations with past times."""
