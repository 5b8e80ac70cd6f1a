import gzip

import pkgmine
import pytest

HOSTILE = (
    "1,NPM,nan,nan,https://github.com/a/b",
    "2,NPM,NA,https://x.example,nan",
    "3,NPM,null,nan,nan",
    '4,NPM,"a\rb",nan,nan',
    '5,NPM,"say ""hello"", twice\n",nan,',
    "6,NPM,007,nan,https://nan",
    "7,NPM,e\u0301,nan,nan",
    '8,NPM,"",nan,nan',
)
NAMES = ["nan", "NA", "null", "a\rb", 'say "hello", twice\n', "007", "e\u0301", ""]
REPOSITORIES = ["https://github.com/a/b", None, None, None, None, "https://nan", None, None]


def test_packages_called_nan_keep_their_names_and_only_links_are_missing(written):
    rows = [*pkgmine.packages(written("NPM.csv", *HOSTILE))]
    assert [row.name for row in rows] == NAMES
    assert [row.repository for row in rows] == REPOSITORIES
    assert rows[1] == (2, "NPM", "NA", "https://x.example", None)


def test_a_dataframe_has_the_same_names_the_same_gaps_and_numbers_as_numbers(written):
    pandas = pytest.importorskip("pandas")
    frame = pkgmine.read(written("NPM.csv", *HOSTILE))
    assert [*frame.columns] == ["Package ID", "Platform", "Name", "Homepage", "Repository"]
    assert frame["Package ID"].dtype == "int64"
    assert all(isinstance(frame[name].dtype, pandas.StringDtype) for name in frame.columns[1:])
    assert [*frame["Name"]] == NAMES
    assert frame["Name"].notna().all()
    assert [None if one is pandas.NA else one for one in frame["Repository"]] == REPOSITORIES
    assert frame["Homepage"].notna().sum() == 1


def test_a_dataframe_of_a_mined_list_has_all_its_rows(mined):
    pandas = pytest.importorskip("pandas")
    frame = pkgmine.read(mined)
    assert len(frame) == mined.rows == len([*mined.packages()])
    assert [*frame["Name"]] == [package.name for package in mined.packages()]
    assert frame["Repository"].notna().sum() == mined.outcomes["resolved"]
    assert frame.equals(mined.read())
    # A list is the path of its file, too.
    assert len(pandas.read_csv(mined)) == mined.rows


def test_a_list_that_is_not_there_or_is_none_is_told(written, tmp_path):
    with pytest.raises(FileNotFoundError):
        [*pkgmine.packages(tmp_path / "none.csv")]
    other = written("other.csv", "1,2", header="a,b")
    with pytest.raises(pkgmine.PkgmineError, match="no list of packages\n  at: .*other.csv"):
        [*pkgmine.packages(other)]
    with pytest.raises(pkgmine.PkgmineError, match="no list of npm"):
        pkgmine.MinedList.at(tmp_path, "npm")


@pytest.mark.parametrize("name", ["NPM.csv", "NPM.csv.gz"])
def test_older_headers_and_gzip_are_read_as_the_present_list(written, name):
    pytest.importorskip("pandas")
    path = written(name, *HOSTILE, header="ID,Platform,Name,Homepage URL,Repository URL")
    if name.endswith(".gz"):
        path.write_bytes(gzip.compress(path.read_bytes()))
    present = written("present.csv", *HOSTILE)
    assert [*pkgmine.packages(path)] == [*pkgmine.packages(present)]
    assert pkgmine.read(path).equals(pkgmine.read(present))


def test_what_an_earlier_run_has_left_in_a_folder_is_found_again(mined):
    assert pkgmine.MinedList.at(mined.path.parent, "go") == mined
