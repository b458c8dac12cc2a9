"""Trains, exports and measures the three networks: `python3 Examples/train/train.py`."""

import os

# One thread: the order of every sum is then fixed on a given machine.
for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

import digits  # noqa: E402
import pendulum  # noqa: E402
import residual  # noqa: E402

if __name__ == "__main__":
    digits.main()
    pendulum.main()
    residual.main()
