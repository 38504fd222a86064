"""The process in which one strange file is opened: `python -m catalogue.media.child picture < raw > answer`."""

import contextlib
import ctypes
import resource
import signal
import sys
from collections.abc import Callable, Sequence
from functools import partial

from catalogue.media import confined
from catalogue.media.cuts import Cut
from catalogue.media.recognise import FileRefused

MEMORY_BYTES = 1024 * 1024 * 1024
CPU_SECONDS = 30
PR_SET_PDEATHSIG = 1


def confine(*, memory_bytes: int = MEMORY_BYTES, cpu_seconds: int = CPU_SECONDS) -> None:
    """Little memory and time, no new files, and an end with the worker that asked."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def work_for(verb: str, words: Sequence[str] = ()) -> Callable[[bytes], confined.Made]:
    """What does the verb. Loaded before any byte of the file is read, and each only when it is wanted.

    "cut" takes five numbers: those of `cuts.Cut`.
    """
    if verb in {"picture", "cut"}:
        from catalogue.media.sizes import make_sizes

        return partial(make_sizes, cut=Cut.of([int(word) for word in words]))
    if verb == "document":
        from catalogue.media.sheets import make_clean

        return make_clean
    raise ValueError("no such verb")


def main(verb: str, *words: str) -> None:
    """Read the file from standard input, answer on standard output."""
    work = work_for(verb, words)
    confine()
    data = sys.stdin.buffer.read()
    try:
        written = confined.answer(work(data))
    except FileRefused as refused:
        written = confined.refusal(refused.reason)
    except MemoryError:
        written = confined.refusal("takes too long" if verb == "document" else "too many pixels")
    except Exception:
        # Decoders raise whatever they like at a malformed file; nothing else runs here.
        written = confined.refusal("broken")
    sys.stdout.buffer.write(written)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
