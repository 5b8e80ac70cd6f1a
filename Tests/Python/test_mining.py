import os
import pickle
import re
import signal
import subprocess
import sys
import threading

import pkgmine
import pytest


def test_a_mined_list_says_where_it_is_how_long_and_what_came_of_each_package(mined):
    assert mined.path.name == "Go.csv"
    assert (mined.ecosystem, mined.platform, mined.rows) == ("go", "Go", 154)
    assert mined.outcomes == {
        "forbidden": 1, "gone": 3, "invalid name": 8, "no repository": 4, "not cached": 2, "rejected": 1,
        "resolved": 134, "withheld": 1,
    }  # fmt: skip
    assert mined.provenance["tool"] == f"pkgmine {pkgmine.version()}"


def test_a_list_that_is_not_all_settled_says_so_and_names_what_is_not(mined):
    assert not mined.complete
    assert mined.is_whole and mined.is_resolved
    assert mined.problems == [("forbidden", "github.com/kr/pretty", "the registry refuses to answer")]


def test_a_list_of_which_nothing_is_left_to_do_is_complete(npm_registry, tmp_path):
    mined = pkgmine.mine("npm", output_dir=tmp_path, progress="none", **npm_registry)
    assert mined.complete
    assert (mined.rows, mined.problems, mined.problems_path) == (5, [], None)


def test_a_trial_and_a_list_of_names_are_not_complete(npm_registry, tmp_path):
    trial = pkgmine.mine("npm", output_dir=tmp_path / "trial", progress="none", limit=2, **npm_registry)
    assert (trial.rows, trial.is_whole, trial.complete) == (2, False, False)
    names = pkgmine.mine("npm", output_dir=tmp_path / "names", progress="none", resolve=False, **npm_registry)
    assert (names.rows, names.is_resolved, names.complete) == (5, False, False)


def test_progress_is_told_from_the_first_second_to_the_end(go_registry, tmp_path):
    told = []
    pkgmine.mine("go", output_dir=tmp_path, progress=told.append, **go_registry)
    assert {one.ecosystem for one in told} == {"go"}
    assert told[-1].step == "done"
    assert (told[-1].looked_up, told[-1].to_look_up, told[-1].outcomes["resolved"]) == (154, 154, 134)
    assert told[-1].raw["lookedUp"] == 154


def test_tqdm_shows_progress_where_it_is_installed(go_registry, tmp_path, capsys):
    pytest.importorskip("tqdm")
    pkgmine.mine("go", output_dir=tmp_path, **go_registry)
    assert "go resolve" in capsys.readouterr().err


def test_without_tqdm_a_run_is_as_quiet_as_it_is_asked_to_be(npm_registry, tmp_path, monkeypatch, capfd):
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    assert pkgmine.mine("npm", output_dir=tmp_path, **npm_registry).complete
    assert capfd.readouterr() == ("", "")


def test_each_ecosystem_has_a_function_of_its_own_and_no_other_has():
    assert pkgmine.ecosystems()["homebrew-cask"] == "Homebrew Cask, into Homebrew-Cask.csv, packages as pkg:brew/…"
    for ecosystem in pkgmine.ecosystems():
        assert f"mine_{ecosystem.replace('-', '_')}" in dir(pkgmine)
    from pkgmine import mine_homebrew_cask

    assert mine_homebrew_cask.__doc__.startswith("`mine('homebrew-cask', …)`")
    with pytest.raises(AttributeError, match="mine_nothing"):
        pkgmine.mine_nothing


class Pressed(threading.Thread):
    """Ctrl-C, pressed once the run is under way."""

    def __init__(self):
        super().__init__()
        self.is_under_way = threading.Event()

    def run(self):
        self.is_under_way.wait()
        os.kill(os.getpid(), signal.SIGINT)

    def __call__(self, progress):
        if progress.step == "resolve" and progress.looked_up > 0 and not self.is_under_way.is_set():
            self.is_under_way.set()


@pytest.fixture
def ctrl_c():
    """Who starts the tests may have SIGINT ignored, as for the background, or blocked; Python then leaves it so."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    blocked = signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    yield
    signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
    signal.signal(signal.SIGINT, before)


def test_ctrl_c_stops_a_run_in_order_and_the_same_call_goes_on(slow_registry, tmp_path, ctrl_c):
    press = Pressed()
    press.start()
    with pytest.raises(KeyboardInterrupt):
        pkgmine.mine("go", output_dir=tmp_path, progress=press, **slow_registry)
    press.join()
    assert not (tmp_path / "Go.csv").exists()
    told = []
    mined = pkgmine.mine("go", output_dir=tmp_path, progress=told.append, **slow_registry)
    assert (mined.complete, mined.rows) == (True, 2000)
    # What was looked up before Ctrl-C is kept.
    assert 0 < told[-1].looked_up < 2000


def test_an_error_of_the_callback_stops_the_run_and_is_raised(slow_registry, tmp_path):
    def fail(progress):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        pkgmine.mine("go", output_dir=tmp_path, progress=fail, **slow_registry)
    # Nobody holds the state any more: a run that is still under way would refuse another.
    with pytest.raises(pkgmine.PkgmineError, match="no list of go"):
        pkgmine.MinedList.at(tmp_path, "go")
    assert pkgmine.mine("go", output_dir=tmp_path, limit=1, resolve=False, **slow_registry).rows == 1


def test_an_unknown_option_is_wrong_usage():
    with pytest.raises(pkgmine.WrongUsage, match="Unknown option '--no-such-thing'") as caught:
        pkgmine.mine("go", no_such_thing=1)
    assert caught.value.exit_code == 64
    with pytest.raises(ValueError):
        pkgmine.mine("go", concurrency="many")


def test_a_registry_that_refuses_every_look_up_is_an_error_of_its_own(npm_registry, slow_registry, tmp_path):
    options = {**slow_registry, "proxy_url": npm_registry["registry_url"] + "/nowhere"}
    with pytest.raises(pkgmine.RegistryRefused) as caught:
        pkgmine.mine("go", output_dir=tmp_path, progress="none", **options)
    assert caught.value.headline == "a service refuses every look-up"
    assert caught.value.exit_code == 1
    assert re.fullmatch(r"all that had arrived: [1-9],\d{3} entries listed", caught.value.saved)


def test_a_run_that_is_stopped_tells_where_and_why_and_what_to_do(npm_registry, go_registry, tmp_path):
    options = {**go_registry, "index_url": npm_registry["registry_url"] + "/nowhere"}
    with pytest.raises(pkgmine.RunStopped) as caught:
        pkgmine.mine("go", output_dir=tmp_path, progress="none", **options)
    error = caught.value
    assert error.exit_code == 1
    assert error.headline == "the registry's list could not be read"
    assert error.place.startswith(options["index_url"])
    assert error.because.startswith("absent: ")
    assert error.saved == "nothing had arrived yet"
    assert error.hint == "see that the address is right: asked again, it answers the same"


@pytest.mark.parametrize(
    "code, text, kind",
    [
        (1, "error: a service refuses every look-up\n  because: absent: x", pkgmine.RegistryRefused),
        (1, "error: the registry has locked this machine out for a while\n", pkgmine.RegistryRefused),
        (1, "error: the registry's list could not be read\n  because: refused: status 403", pkgmine.RegistryRefused),
        (1, "error: the registry's list could not be read on\n  because: throttled: 429", pkgmine.RegistryRefused),
        (1, "error: the registry's list could not be read\n  because: unreachable: x", pkgmine.RegistryUnreachable),
        (1, "error: the registry does not answer\n  because: x", pkgmine.RegistryUnreachable),
        (1, "error: the run could not go on\n  because: it says refused: no", pkgmine.RunStopped),
        (64, "Error: Unknown option '--x'", pkgmine.WrongUsage),
        (130, "stopped in step list: …", pkgmine.RunInterrupted),
        (143, "", pkgmine.RunInterrupted),
        (-9, "", pkgmine.RunInterrupted),
    ],
)
def test_the_programs_words_and_exit_code_become_one_class(code, text, kind):
    error = pkgmine.errors.error_of(code, text)
    assert type(error) is kind
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), again.text, again.exit_code) == (kind, error.text, code)


def test_a_program_that_is_not_there_is_told_with_where_it_was_looked_for(monkeypatch):
    monkeypatch.setenv("PKGMINE_BINARY", "/nowhere/pkgmine")
    with pytest.raises(pkgmine.BinaryMissing, match="at: /nowhere/pkgmine"):
        pkgmine.version()


def test_options_are_written_as_the_command_line_has_them(tmp_path):
    options = {"limit": 0, "fresh": True, "audit": False, "contact": None, "component": ["main", "-x"], "ca_file": tmp_path}
    assert pkgmine.mining.arguments(options) == [
        "--limit=0", "--fresh", "--component=main", "--component=-x", f"--ca-file={tmp_path}",
    ]  # fmt: skip


def test_the_module_runs_as_the_command_does():
    run = [sys.executable, "-m", "pkgmine", "--version"]
    module = os.path.dirname(os.path.dirname(pkgmine.__file__))
    said = subprocess.run(run, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": module})
    assert (said.returncode, said.stdout, said.stderr) == (0, pkgmine.version() + "\n", "")
    assert pkgmine.__version__ == pkgmine.version()


def test_a_run_ends_with_the_python_that_has_started_it(slow_registry, tmp_path):
    """SIGKILL leaves nothing behind that would go on mining."""
    script = (
        "import os, signal, sys, pkgmine\n"
        "options = eval(sys.argv[2])\n"
        "def die(progress):\n"
        "    if progress.looked_up: os.kill(os.getpid(), signal.SIGKILL)\n"
        "pkgmine.mine('go', output_dir=sys.argv[1], progress=die, **options)\n"
    )
    module = os.path.dirname(os.path.dirname(pkgmine.__file__))
    # stderr is held by the program too: it closes when both have ended.
    run = [sys.executable, "-c", script, str(tmp_path), repr(slow_registry)]
    process = subprocess.run(run, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": module})
    assert process.returncode == -signal.SIGKILL
    told = []
    assert pkgmine.mine("go", output_dir=tmp_path, progress=told.append, **slow_registry).complete
    assert 0 < told[-1].looked_up < 2000
