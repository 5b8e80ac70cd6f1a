"""Reading the records of dumps and pages: CSV, COPY text, a packed archive, a page of JSON, each against a peer."""

import csv
import gzip
import io
import os
import shutil
import sys
import tarfile

from measure import run
from reading import made
from table import Row

DESCRIPTION = "A crate that does what its name says, and more, \"quoted\", with commas,\nand lines of its own.\n" * 12
COLUMNS = ["created_at", "description", "documentation", "homepage", "id", "name", "readme", "repository"]
WANTED = ["created_at", "homepage", "name", "repository"]

# The peer of CSV: Python's own module, which is written in C.
PYTHON_CSV = """
import csv, sys
csv.field_size_limit(1 << 30)
with open(sys.argv[1], newline="") as file:
    rows = csv.DictReader(file)
    print(sum(len(row[name]) for row in rows for name in sys.argv[2:]))
"""

# The peer of COPY text: a loop over the lines of a table.
PYTHON_COPY = """
import sys
total, places = 0, None
with open(sys.argv[1], encoding="utf-8", newline="\\n") as file:
    for line in file:
        if places is None:
            if line.startswith("COPY "):
                names = line[line.index("(") + 1 : line.index(")")].split(", ")
                places = [names.index(name) for name in sys.argv[2:]]
        elif line == "\\\\.\\n":
            places = None
        else:
            fields = line[:-1].split("\\t")
            total += sum(len(fields[place]) for place in places)
print(total)
"""


def crate(number):
    page = f"https://github.com/example/crate-{number}"
    return [f"2020-01-01 00:00:{number % 60:02}.000{number % 1000:03}+00", f"Crate {number}", "",
        page if number % 3 else "", number, f"crate-{number}", DESCRIPTION, page]


def crates(file, count):
    rows = csv.writer(file, lineterminator="\n")
    rows.writerow(COLUMNS)
    rows.writerows(crate(number) for number in range(count))


def crates_csv(path, count):
    with open(path, "w", newline="") as file:
        crates(file, count)


def dump(path, count):
    """An archive as crates.io's: the wanted table in front, a larger one behind."""
    table = io.StringIO()
    crates(table, count)
    wanted = table.getvalue().encode()
    other = b"".join(b"%d,2024-01-01,%d,%x\n" % (n, n * 7919 % 100_003, n * 2654435761) for n in range(count * 60))
    with gzip.open(path, "wb", compresslevel=6) as packed, tarfile.open(fileobj=packed, mode="w") as archive:
        for name, data in [("crates.csv", wanted), ("version_downloads.csv", other)]:
            member = tarfile.TarInfo(f"2026-01-01-000000/data/{name}")
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))


def copy_text(path, count):
    """A dump of PostgreSQL with a table of versions."""
    with open(path, "w", newline="\n") as file:
        file.write("COPY public.versions (id, authors, description, number, rubygem_id, metadata) FROM stdin;\n")
        for n in range(count):
            file.write(f"{n}\tSomebody\tWhat it does\\nin two lines\t1.{n % 40}\t{n // 10}\t"
                f'"source_code_uri"=>"https://github.com/example/gem-{n // 10}"\n')
        file.write("\\.\n")


def page(path, rows):
    """A page of npm's `_all_docs`."""
    entries = (f'{{"id":"package-{n:07}","key":"package-{n:07}","value":{{"rev":"5-{n * 2654435761:032x}"}}}}'
        for n in range(rows))
    with open(path, "w") as file:
        file.write(f'{{"total_rows":4373599,"offset":0,"rows":[\n' + ",\n".join(entries) + "\n]}")


def python(script, *arguments):
    return run([sys.executable, "-c", script, *arguments])


def all_rows(bed, count):
    tool = bed.binary("bench-records")
    peak = []

    def ours(*arguments):
        cost = bed.times(lambda: run([tool, *map(str, arguments)]))
        peak.append(cost.memory)
        return cost

    file = made(bed, f"crates-{count}.csv", crates_csv, count)
    other, mine = bed.times(lambda: python(PYTHON_CSV, file, *WANTED)), ours("csv", file, *WANTED)
    yield rate(f"CSV of {megabytes(file)} MB, pkgmine by Python's csv: rate", file, mine, other, 1)
    yield rate("… by zcat, which inflates the same", file, mine, inflating(bed, file), 1)
    file = made(bed, f"versions-{count}.sql", copy_text, count * 20)
    wanted = ["number", "rubygem_id", "metadata"]
    other, mine = bed.times(lambda: python(PYTHON_COPY, file, *wanted)), ours("copy", file, "public.versions", *wanted)
    yield rate(f"COPY text of {megabytes(file)} MB, pkgmine by a loop in Python: rate", file, mine, other, 1)
    yield rate("… by zcat, which inflates the same", file, mine, inflating(bed, file), None)
    file = made(bed, f"dump-{count}.tar.gz", dump, count)
    other = bed.times(lambda: run(["bash", "-c", f"zcat '{file}' | tar -xO"]))
    mine = ours("dump", file, *WANTED)
    what = f"crates.io's dump, {megabytes(file)} MB packed, pkgmine by zcat and tar -x"
    yield Row(f"{what}: time", mine.wall, other.wall, 1.3, "at most")
    yield Row("… processor time", mine.cpu, other.cpu, None)
    yield Row("… peak memory of all of these", max(peak), None, 100, "at most", "MiB")
    file = made(bed, "all-docs.json", page, 10_000)
    mine = ours("pages", file, 200)
    for way, reach in [("whole", 3), ("on-demand", None)]:
        bare = bed.times(lambda: run([bed.binary("bench-bare-json"), way, file, "200"]))
        yield Row(f"200 pages of npm's _all_docs, 10,000 rows each, by simdjson's own {way} reading: time", mine.wall,
            bare.wall, reach, "at most")


def inflating(bed, file):
    """What zcat takes for the same bytes: from it such a file comes to its reader."""
    packed = made(bed, os.path.basename(file) + ".gz", pack, file)
    return bed.times(lambda: run(["zcat", packed]))


def pack(path, file):
    with open(file, "rb") as plain, gzip.open(path, "wb", compresslevel=6) as packed:
        shutil.copyfileobj(plain, packed)


def megabytes(file):
    return f"{os.path.getsize(file) / 1e6:,.0f}"


def rate(what, file, mine, other, reach):
    size = os.path.getsize(file) / 1e6
    return Row(what, size / mine.wall, size / other.wall, reach, "at least", "MB/s")
