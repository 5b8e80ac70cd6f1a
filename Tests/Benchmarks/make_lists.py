#!/usr/bin/env python3
"""Writes seven synthetic package lists, the same on every machine: make_lists.py FOLDER ROWS.

The shares follow the published counts of the field (npm 45 %, Go 27 %, Maven 9 %, PyPI 9 %, PHP 5 %, Crates.io 3 %,
Ruby 2 %). Three of four packages have a repository, one in twelve of those is shared with another ecosystem, one in ten
lies in a monorepo, and addresses are written in the ways that registries hold them.
"""
import random
import sys
from pathlib import Path

SHARES = [("NPM", 45), ("Go", 27), ("Maven", 9), ("PyPI", 9), ("PHP", 5), ("Crates.io", 3), ("Ruby", 2)]
FORMS = [
    "https://github.com/{0}", "git+https://github.com/{0}.git", "https://github.com/{0}.git", "git://github.com/{0}.git",
    "https://github.com/{0}#readme", "https://github.com/{0}/tree/main/packages/x", "http://www.github.com/{0}/",
    "git@github.com:{0}.git", "scm:git:git://github.com/{0}.git", "https://gitlab.com/{0}", "https://bitbucket.org/{0}",
    "https://gitlab.com/group/{0}/-/tree/main", "git+ssh://git@github.com/{0}.git", "https://codeberg.org/{0}",
]
WEIGHTS = [40, 20, 12, 3, 4, 3, 2, 2, 2, 4, 2, 1, 2, 1]
JUNK = ["https://example.com/project-{0}", "UNKNOWN", "https://{0}.readthedocs.io/", "https://github.com/user{0}"]


def main(folder: str, rows: int) -> None:
    draw = random.Random(20190410)
    out = Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    forms = draw.choices(FORMS, WEIGHTS, k=1 << 16)
    serial = 0
    for platform, share in SHARES:
        count = rows * share // 100
        with open(out / f"{platform}.csv", "w", encoding="utf-8", newline="") as file:
            file.write("Package ID,Platform,Name,Homepage,Repository\n")
            repository = ""
            for number in range(1, count + 1):
                serial += 1
                kind = draw.random()
                if kind < 0.22:
                    address = "nan"
                elif kind < 0.25:
                    address = JUNK[serial % 4].format(serial)
                else:
                    if kind < 0.31:
                        repository = f"shared{draw.randrange(rows // 16)}/tool"
                    elif kind > 0.38 or not repository:
                        repository = f"owner{serial % 900001}/repo-{serial}"
                    address = forms[draw.getrandbits(16)].format(repository)
                homepage = "nan" if kind < 0.5 else f"https://project-{serial}.example.org/"
                name = f"pkg-{serial:x}" if serial % 997 else f'"pkg, ""{serial}"""'
                file.write(f"{number},{platform},{name},{homepage},{address}\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
