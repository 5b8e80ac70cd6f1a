import gzip

import pkgmine
import pytest

ROWS = (
    "1,NPM,nan,nan,git+https://github.com/nodejs/nan.git",
    '2,NPM,"a,""b\r\n",nan,expressjs/express',
    "3,PyPI,x,nan,https://gitlab.com/g/s/r/-/tree/main/sub",
    "4,PyPI,y,nan,nan",
    "5,PyPI,z,nan,https://x.github.io/y",
)
CANONICAL = [
    "https://github.com/nodejs/nan", "https://github.com/expressjs/express", "https://gitlab.com/g/s/r", None, None
]  # fmt: skip


def test_each_row_has_what_its_address_names_and_a_repository_may_be_called_nan(written):
    rows = [*pkgmine.identify(written("list.csv", *ROWS))]
    assert [row["Canonical Repository"] for row in rows] == CANONICAL
    assert [row["Name"] for row in rows] == ["nan", 'a,"b\r\n', "x", "y", "z"]
    assert [row["Repository Name"] for row in rows] == ["nan", "express", "r", None, None]
    assert (rows[2]["Owner"], rows[2]["Subdirectory"], rows[2]["Repository"][-3:]) == ("g/s", "sub", "sub")
    assert [row["Not Understood"] for row in rows] == [None] * 4 + ["a site published from a repository"]
    inferred = [*pkgmine.identify(written("list.csv", *ROWS), inferred=True)]
    assert (inferred[4]["Canonical Repository"], inferred[4]["Inferred From"]) == ("https://github.com/x/y", "pages")


@pytest.mark.parametrize("name", ["out.csv", "out.csv.gz"])
def test_the_rows_are_written_to_a_file_which_pandas_reads(written, tmp_path, name):
    pandas = pytest.importorskip("pandas")
    path = pkgmine.identify(written("list.csv", *ROWS), output=tmp_path / name)
    assert (path.read_bytes()[:2] == b"\x1f\x8b") == name.endswith(".gz")
    frame = pandas.read_csv(path, keep_default_na=False, na_values=[""])
    assert [None if one != one else one for one in frame["Canonical Repository"]] == CANONICAL
    assert frame["Repository Name"][0] == "nan"


def test_a_column_of_a_dataframe_is_identified_one_for_one(written):
    pandas = pytest.importorskip("pandas")
    frame = pkgmine.read(written("list.csv", *ROWS))
    named = pandas.DataFrame(pkgmine.repositories(frame["Repository"]), index=frame.index)
    assert [*named.columns][:3] == ["canonical", "host", "owner"]
    assert [*named["host"].dropna()] == ["github.com", "gitlab.com"]
    # Nobody says of which ecosystem it is.
    assert named["not_understood"][1] == "a shorthand that the ecosystem does not define"


def test_addresses_may_come_from_a_generator_without_end_and_be_left_at_any_time():
    def addresses():
        number = 0
        while True:
            number += 1
            yield f"https://github.com/o{number}/r\r\n" if number % 2 else None

    named = pkgmine.repositories(addresses())
    assert [next(named).owner for _ in range(4)] == ["o1", None, "o3", None]
    named.close()


def test_what_the_addresses_raise_is_raised_and_no_addresses_are_no_repositories():
    def failing():
        yield "github.com/a/b"
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        [*pkgmine.repositories(failing())]
    assert [*pkgmine.repositories([])] == []


def test_another_column_and_a_table_without_one_are_told_as_the_program_tells_it(written):
    table = written("table.csv", "github.com/a/b,1", header="where,what")
    assert [row["Owner"] for row in pkgmine.identify(table, column="where")] == ["a"]
    with pytest.raises(pkgmine.RunStopped) as caught:
        [*pkgmine.identify(table)]
    assert caught.value.because == 'it has no column "Repository"; it has: where, what'
    with pytest.raises(TypeError):
        pkgmine.identify()


def test_outcomes_say_why_a_link_is_missing_and_lists_and_studies_may_be_gzip(npm_registry, tmp_path):
    mined = pkgmine.mine(
        "npm", output_dir=tmp_path, output_file="npm.csv.gz", outcomes=True, progress="none", **npm_registry
    )
    assert (mined.path.name, mined.outcomes_path.name) == ("npm.csv.gz", "npm.outcomes.csv.gz")
    names = [package.name for package in mined.packages()]
    look_ups = [*mined.look_ups()]
    assert [one.name for one in look_ups] == names
    assert [one.outcome for one in look_ups].count("resolved") == mined.outcomes["resolved"]
    assert {one.asked.isoformat() for one in look_ups} == {mined.provenance["began"].replace("Z", "+00:00")}
    assert len([*pkgmine.identify(mined)]) == mined.rows
    comparison = pkgmine.compare(mined, output_dir=tmp_path / "shared", gzip=True)
    assert gzip.decompress((tmp_path / "shared/summary.csv.gz").read_bytes()).startswith(b"Number of Ecosystems,")
    assert comparison.shared == []
    assert pkgmine.diff(mined, mined, output=tmp_path / "changes.csv.gz").changes == []
    plain = pkgmine.mine("npm", output_dir=tmp_path, progress="none", **npm_registry)
    assert plain.outcomes_path is None
    with pytest.raises(pkgmine.PkgmineError, match="there are no outcomes beside the list"):
        next(plain.look_ups())
