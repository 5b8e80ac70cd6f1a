"""What other tools make of `pkgmine identify`: DuckDB, pandas and Spark. `.make/test-ecosystem` installs them and runs this.

PKGMINE_BINARY names the program, by default that of `swift build`.
"""

import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BUILT = Path(os.environ.setdefault("PKGMINE_BINARY", str(ROOT / ".build/debug/pkgmine")))
MODULE = str(ROOT / "Sources/Python")
sys.dont_write_bytecode = True
sys.path.insert(0, MODULE)

import pkgmine  # noqa: E402

HEADER = "Package ID,Platform,Name,Homepage,Repository\n"
FORMS = [
    ("https://github.com/o{0}/r.git", "https://github.com/o{0}/r"), ("git@gitlab.com:g/s/r{0}", "https://gitlab.com/g/s/r{0}"),
    ("https://github.com/nodejs/nan", "https://github.com/nodejs/nan"), ("nan", None), ("https://x{0}.github.io/", None),
]  # fmt: skip
COUNT = 1000
ADDRESSES = [FORMS[number % 5][0].format(number) for number in range(COUNT)]
CANONICAL = [FORMS[number % 5][1] and FORMS[number % 5][1].format(number) for number in range(COUNT)]


@pytest.fixture(scope="module")
def identified(tmp_path_factory):
    folder = tmp_path_factory.mktemp("identified")
    rows = "".join(f'{n + 1},PyPI,"na,""{n}""\n",nan,{address}\n' for n, address in enumerate(ADDRESSES))
    (folder / "list.csv").write_text(HEADER + rows, newline="")
    return [pkgmine.identify(folder / "list.csv", output=folder / name) for name in ("out.csv", "out.csv.gz")]


@pytest.mark.parametrize("place", [0, 1], ids=["plain", "gzip"])
def test_duckdb_reads_the_rows_with_nothing_taken_for_missing_that_is_not(identified, place):
    duckdb = pytest.importorskip("duckdb")
    table = f"read_csv('{identified[place]}', all_varchar=true, header=true)"
    rows = duckdb.sql(f'SELECT "Canonical Repository", "Repository Name", Name FROM {table}').fetchall()
    assert [row[0] for row in rows] == CANONICAL
    assert rows[2][1] == "nan" and rows[2][2] == 'na,"2"\n'
    hosts = duckdb.sql(f"SELECT Host, count(*) FROM {table} GROUP BY Host ORDER BY Host NULLS LAST").fetchall()
    assert hosts == [("github.com", 400), ("gitlab.com", 200), (None, 400)]


@pytest.mark.parametrize("place", [0, 1], ids=["plain", "gzip"])
def test_pandas_reads_the_rows_with_nothing_taken_for_missing_that_is_not(identified, place):
    pandas = pytest.importorskip("pandas")
    frame = pandas.read_csv(identified[place], keep_default_na=False, na_values=[""])
    assert [None if one != one else one for one in frame["Canonical Repository"]] == CANONICAL
    assert (frame["Repository Name"][2], frame["Name"][2]) == ("nan", 'na,"2"\n')


@pytest.fixture(scope="module")
def spark():
    sql = pytest.importorskip("pyspark.sql")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1").getOrCreate()
    )  # fmt: skip
    yield session
    session.stop()


def test_spark_pipes_partitions_through_it_a_line_out_for_a_line_in(spark):
    lines = spark.sparkContext.parallelize(ADDRESSES, 4).pipe(f"{BUILT} identify --lines").collect()
    assert [line.split(",")[0] for line in lines] == ADDRESSES
    assert [line.split(",")[1] or None for line in lines] == CANONICAL


def test_spark_maps_frames_by_it_in_its_workers(spark):
    pandas = pytest.importorskip("pandas")

    def name(frames):
        sys.path.insert(0, MODULE)
        import pkgmine

        for frame in frames:
            frame["canonical"] = [one.canonical for one in pkgmine.repositories(frame["address"])]
            yield frame

    frame = spark.createDataFrame(pandas.DataFrame({"number": range(COUNT), "address": ADDRESSES})).repartition(3)
    rows = frame.mapInPandas(name, "number long, address string, canonical string").orderBy("number").collect()
    assert [row.address for row in rows] == ADDRESSES
    assert [row.canonical for row in rows] == CANONICAL
