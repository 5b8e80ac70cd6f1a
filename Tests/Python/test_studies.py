import pkgmine
import pytest


@pytest.fixture
def lists(written):
    rows = ("1,{0},nan,nan,https://github.com/a/b", "2,{0},x,nan,https://gist.github.com/a/1", "3,{0},y,nan,nan")
    return [written(f"{name}.csv", *(row.format(name) for row in rows)) for name in ("NPM", "PyPI")]


def test_compare_finds_what_ecosystems_share_and_what_it_did_not_understand(lists, tmp_path):
    comparison = pkgmine.compare(*lists, output_dir=tmp_path / "shared")
    path = tmp_path / "shared/2-ecosystems/NPM+PyPI.csv"
    assert comparison.shared == [(("NPM", "PyPI"), 1, 2, path)]
    assert path.read_text().splitlines()[1] == "https://github.com/a/b,NPM,1,nan,nan,https://github.com/a/b"
    assert [row["Address"] for row in comparison.not_understood] == ["https://gist.github.com/a/1"]
    by_name = pkgmine.compare(*lists, output_dir=tmp_path / "named", match="name")
    assert by_name.shared[0].repositories == 3


def test_diff_tells_each_change_and_a_package_called_nan_by_its_name(written, tmp_path):
    old = written("old.csv", "1,NPM,nan,nan,https://github.com/a/b", "2,NPM,x,nan,nan")
    new = written("new.csv", "1,NPM,nan,nan,https://github.com/a/c", "3,NPM,y,https://y.example,nan")
    difference = pkgmine.diff(old, new, output=tmp_path / "changes.csv")
    assert difference.counts == {"added": 1, "removed": 1, "repository moved": 1}
    assert sorted(difference.changes) == [
        ("added", "NPM", "y", None, "https://y.example", None, None),
        ("removed", "NPM", "x", None, None, None, None),
        ("repository moved", "NPM", "nan", None, None, "https://github.com/a/b", "https://github.com/a/c"),
    ]
    assert (tmp_path / "changes.csv").exists()
    assert pkgmine.diff(old, new).changes == difference.changes


def test_report_is_a_page_and_the_numbers_that_it_shows(lists, tmp_path):
    report = pkgmine.report(*lists, output=tmp_path / "a.b.html", date="2026-11-27")
    assert report.path.read_text().startswith("<!doctype html>") and report._repr_html_() == report.path.read_text()
    assert [one["packages"] for one in report.numbers["ecosystems"]] == [3, 3]
    assert report.numbers["made"] == "2026-11-27"
    packed = pkgmine.report(*lists, output=tmp_path / "a.b.html.gz", date="2026-11-27")
    assert packed.path.read_bytes()[:2] == b"\x1f\x8b" and packed._repr_html_() == report._repr_html_()
    assert (tmp_path / "a.b.json.gz").exists() and packed.numbers == report.numbers


def test_a_study_of_a_list_that_is_not_there_is_told_as_the_program_tells_it(tmp_path):
    with pytest.raises(pkgmine.RunStopped) as caught:
        pkgmine.diff(tmp_path / "a.csv", tmp_path / "b.csv")
    assert (caught.value.headline, caught.value.place) == ("a list could not be read", str(tmp_path / "a.csv"))
    assert caught.value.because == "No such file or directory"
