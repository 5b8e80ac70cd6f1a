"""`python -m pkgmine …` is `pkgmine …`, where the folder of scripts is not on the PATH."""

import os
import sys

from ._tool import binary

if __name__ == "__main__":
    program = binary()
    os.execv(program, ["pkgmine", *sys.argv[1:]])
