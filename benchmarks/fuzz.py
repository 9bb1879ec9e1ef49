"""Documents with something changed in them, many thousands: python -m benchmarks.fuzz [--documents 100000].

Each is read and parsed; whatever happens but being read or refused with a reason, or takes too long, is a fault. The
number of a document makes it again: `tests.mutated.mutated(format, number)`.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
import traceback
from collections import Counter

from benchmarks.stamp import commit
from tests.mutated import FORMATS, check, mutated

LIMIT_S = 20.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=100_000, help="in all formats together")
    parser.add_argument("--first", type=int, default=0, help="the number to begin with")
    parser.add_argument("--formats", nargs="+", choices=FORMATS, default=FORMATS)
    given = parser.parse_args()
    signal.signal(signal.SIGALRM, _too_long)
    read, slowest, faults = Counter(), (0.0, "", 0), 0
    started = time.perf_counter()
    for number in range(given.first, given.first + -(-given.documents // len(given.formats))):
        for kind in given.formats:
            data = mutated(kind, number)
            begun = time.perf_counter()
            fault = _tried(kind, data, read)
            slowest = max(slowest, (time.perf_counter() - begun, kind, number))
            if fault:
                faults += 1
                sys.stdout.write(f"{kind} {number}: {fault}\n")
                sys.stdout.flush()
    told = ", ".join(f"{kind} {read[kind, True]} read and {read[kind, False]} refused" for kind in given.formats)
    sys.stdout.write(
        f"{sum(read.values()) + faults} documents ({told}), {faults} faults, the slowest {slowest[0]:.2f} s "
        f"({slowest[1]} {slowest[2]}), {time.perf_counter() - started:.0f} s, commit {commit()}\n"
    )
    sys.exit(faults > 0)


def _tried(kind: str, data: bytes, read: Counter) -> str:
    """What was wrong with a document; "" where nothing was."""
    signal.setitimer(signal.ITIMER_REAL, LIMIT_S)
    try:
        read[kind, check(kind, data)] += 1
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} {error} at {place.filename.rpartition('/')[2]}:{place.lineno}"
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return ""


def _too_long(*signalled: object) -> None:
    raise TimeoutError(f"took more than {LIMIT_S:.0f} s")


if __name__ == "__main__":
    main()
