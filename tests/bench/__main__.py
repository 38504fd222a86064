"""`python -m tests.bench`. Loads nothing by itself: processes that measure alone begin by reading this module again."""

import sys

if __name__ == "__main__":
    from tests.bench.command import main

    sys.exit(main())
