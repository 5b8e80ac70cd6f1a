#!/bin/sh
# RegistryXML against `xmllint --sax --noout` on 100 MB, and the reader of Maven's index against zcat on 5 million
# records. Needs xmllint (libxml2-utils), python3, and GNU time at /usr/bin/time.
set -eu
cd "$(dirname "$0")/../.."
swift build -c release --product bench-feeds
bench=$(swift build -c release --show-bin-path)/bench-feeds
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 Tests/Benchmarks/feeds.py "$folder"
measure() {
    echo "$1"
    shift
    /usr/bin/time -f '  %e s, %M KiB' "$@" > /dev/null
}
measure 'xmllint --sax --noout, 100 MB' xmllint --sax --noout "$folder/primary.xml"
measure 'RegistryXML, 100 MB' "$bench" xml "$folder/primary.xml"
measure 'zcat, 5 million records' zcat "$folder/index.gz"
measure "Maven's index, 5 million records" "$bench" index "$folder/index.gz"
