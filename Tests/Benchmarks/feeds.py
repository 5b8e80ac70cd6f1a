"""Writes the input of feeds.sh: primary.xml of 100 MB and a Nexus index of 5 million records."""
import gzip
import struct
import sys

folder = sys.argv[1]
PACKAGE = """<package type="rpm"><name>package-{0}</name><arch>x86_64</arch><version epoch="0" ver="1.{0}" rel="1.fc43"/>
<checksum type="sha256" pkgid="YES">{0:064x}</checksum><summary>A package of a repository</summary>
<description>Some words that tell what the package is for,
in a line or two &amp; more, as packages have them.</description><packager>Fedora Project</packager>
<url>https://example.org/projects/package-{0}</url><time file="1643111870" build="1642619633"/>
<location href="Packages/p/package-{0}.rpm"/><format><rpm:license>MIT</rpm:license><rpm:provides>
<rpm:entry name="package-{0}" flags="EQ" epoch="0" ver="1.{0}"/><rpm:entry name="lib{0}.so"/></rpm:provides>
</format></package>
"""
with open(folder + "/primary.xml", "w") as file:
    file.write('<metadata xmlns="http://linux.duke.edu/metadata/common" xmlns:rpm="http://linux.duke.edu/metadata/rpm">')
    size, number = 0, 0
    while size < 100_000_000:
        text = PACKAGE.format(number)
        file.write(text)
        size += len(text)
        number += 1
    file.write("</metadata>")


def field(name, value):
    return b"\x05" + struct.pack(">H", len(name)) + name + struct.pack(">i", len(value)) + value


with gzip.open(folder + "/index.gz", "wb", compresslevel=1) as file:
    file.write(b"\x01" + struct.pack(">q", 1243533418015))
    for number in range(5_000_000):
        group = b"org.example.group%d" % (number // 40)
        fields = [
            field(b"u", b"%s|artifact-%d|1.%d|NA" % (group, number // 8, number % 8)),
            field(b"m", b"1243533417953"),
            field(b"i", b"jar|1243533415343|123456|1|1|1|jar"),
            field(b"n", b"Artifact %d" % number),
            field(b"1", b"%040x" % (number * 2654435761)),
        ]
        file.write(struct.pack(">i", len(fields)) + b"".join(fields))
