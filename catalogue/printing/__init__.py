"""Papers and pictures that the worker sets with typst: line sheets, and the pictures that links to pages show."""
