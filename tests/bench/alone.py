"""Something done in a Python of its own, so that nothing else counts into its time and memory."""

import resource
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

KB = 1024


@dataclass(frozen=True)
class Spent:
    """Seconds by the clock and of CPU, of the process itself and of its children; megabytes at the peak and kept."""

    seconds: float
    cpu: float
    children_cpu: float
    peak_mb: float
    kept_mb: float
    children_peak_mb: float
    answer: Any


def alone(function: Callable[..., Any], *given: Any) -> Any:
    """What a function of some module returns when called in a new Python."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(function, *given).result()


def spent_on(work: Callable[[], Any]) -> Spent:
    """Do something, and say what it took. Call it in a process that has done nothing like it before."""
    Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
    before, own, children = _status_mb("VmRSS"), _cpu(resource.RUSAGE_SELF), _cpu(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    answer = work()
    return Spent(
        seconds=time.perf_counter() - began,
        cpu=_cpu(resource.RUSAGE_SELF) - own,
        children_cpu=_cpu(resource.RUSAGE_CHILDREN) - children,
        peak_mb=_status_mb("VmHWM") - before,
        kept_mb=_status_mb("VmRSS") - before,
        children_peak_mb=resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / KB,
        answer=answer,
    )


def _cpu(who: int) -> float:
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def _status_mb(name: str) -> float:
    """What the kernel says of this process: "VmRSS" now, "VmHWM" at its peak."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:")) / KB


def loaded(names: set[str]) -> list[str]:
    """Which of these modules are loaded in this process."""
    return sorted(names & set(sys.modules))
