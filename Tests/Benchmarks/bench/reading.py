"""Reading feeds as they arrive: a large XML file against xmllint, Maven's index against zcat."""

import gzip
import multiprocessing
import os
import re
import struct

from measure import run
from table import Row

PACKAGE = """<package type="rpm"><name>package-{0}</name><arch>x86_64</arch><version epoch="0" ver="1.{0}" rel="1.fc43"/>
<checksum type="sha256" pkgid="YES">{0:064x}</checksum><summary>A package of a repository</summary>
<description>Some words that tell what the package is for,
in a line or two &amp; more, as packages have them.</description><packager>Fedora Project</packager>
<url>https://example.org/projects/package-{0}</url><time file="1643111870" build="1642619633"/>
<location href="Packages/p/package-{0}.rpm"/><format><rpm:license>MIT</rpm:license><rpm:provides>
<rpm:entry name="package-{0}" flags="EQ" epoch="0" ver="1.{0}"/><rpm:entry name="lib{0}.so"/></rpm:provides>
</format></package>
"""


def primary(path, size):
    """An RPM repository's primary file of so many bytes."""
    head = '<metadata xmlns="http://linux.duke.edu/metadata/common" xmlns:rpm="http://linux.duke.edu/metadata/rpm">'
    with open(path, "w") as file:
        written, number = file.write(head), 0
        while written < size:
            written += file.write(PACKAGE.format(number))
            number += 1
        file.write("</metadata>")


def field(name, value):
    return b"\x05" + struct.pack(">H", len(name)) + name + struct.pack(">i", len(value)) + value


def nexus_index(path, records):
    """A Nexus index of so many artifacts, at the fastest level: inflating is what is compared."""
    with gzip.open(path, "wb", compresslevel=1) as file:
        file.write(b"\x01" + struct.pack(">q", 1243533418015))
        for number in range(records):
            fields = [
                field(b"u", b"org.example.group%d|artifact-%d|1.%d|NA" % (number // 40, number // 8, number % 8)),
                field(b"m", b"1243533417953"),
                field(b"i", b"jar|1243533415343|123456|1|1|1|jar"),
                field(b"n", b"Artifact %d" % number),
                field(b"1", b"%040x" % (number * 2654435761)),
            ]
            file.write(struct.pack(">i", len(fields)) + b"".join(fields))


def made(bed, name, make, *arguments):
    """A file of the bed, made once."""
    path = f"{bed.work}/{name}"
    if not os.path.exists(path):
        # In a process of its own: the memory of one that is measured begins with that of the process it comes from.
        maker = multiprocessing.Process(target=make, args=(path + ".new", *arguments))
        maker.start()
        maker.join()
        os.rename(path + ".new", path)
    return path


def all_rows(bed, records):
    file = made(bed, "primary.xml", primary, 100_000_000)
    other = bed.times(lambda: run(["xmllint", "--sax", "--noout", file]))
    folder = bed.fresh("reading")
    ours = bed.times(lambda: run([bed.binary("bench-xml"), file], cwd=folder))
    yield Row("XML of 100 MB, xmllint --sax --noout by RegistryXML: processor time", other.cpu, ours.cpu, 0.5)
    yield Row("… time", other.wall, ours.wall, None)
    peak = re.search(r"VmHWM:\s*(\d+) kB", ours.output)
    if peak:
        yield Row("… peak memory", int(peak.group(1)) / 1024, None, 16, "at most", "MiB")
    file = made(bed, f"index-{records}.gz", nexus_index, records)
    other = bed.times(lambda: run(["zcat", file]))
    ours = bed.times(lambda: run([bed.binary("bench-index-reader"), file]))
    what = f"Maven's index of {records:,} records, inflated and read, by zcat"
    yield Row(f"{what}: processor time", ours.cpu, other.cpu, 2, "at most")
    yield Row("… time", ours.wall, other.wall, 2, "at most")
    yield Row("… peak memory", ours.memory, None, 200, "at most", "MiB")
