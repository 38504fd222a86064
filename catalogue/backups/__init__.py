"""One file that holds the whole site: every table as JSON lines, every stored file, and a manifest that proves them."""
