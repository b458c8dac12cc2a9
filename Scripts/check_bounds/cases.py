"""The numbered cases of an attack: as many as asked, until time is over or it is told to stop; then it still sums up."""

import signal
import sys
import time


def add_arguments(parser):
    parser.add_argument("--cases", type=int, default=100)
    parser.add_argument("--first", type=int, default=0, help="number of the first case, to go on where a run ended")
    parser.add_argument("--minutes", type=float, default=float("inf"), help="no case begins later than that")
    parser.add_argument("--seed", type=int, default=1)


class Cases:
    """Iterates over case numbers; `count` is how many were begun."""

    def __init__(self, options):
        self.options = options
        self.count = 0
        self.stopped = False
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, self.stop)

    def stop(self, *_):
        self.stopped = True

    def __iter__(self):
        end = time.monotonic() + 60 * self.options.minutes
        first = self.options.first
        for case in range(first, first + self.options.cases):
            if self.stopped or time.monotonic() >= end:
                return
            self.count += 1
            yield case
            if self.count % 100 == 0:
                print(f"{self.count} cases, the last {self.options.seed}-{case}", file=sys.stderr, flush=True)
