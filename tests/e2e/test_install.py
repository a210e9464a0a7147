"""What ships is found from a checkout, an editable install and a wheel alike, each in an interpreter of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
SHOW = (
    "from coach.system import paths\n"
    "print(paths.shipped('routines'))\n"
    "print((paths.shipped('routines') / 'runner-legs.yaml').is_file())\n"
    "print(all((paths.shipped('sounds') / each / 'go.wav').is_file() for each in ('classic', 'soft', 'wood')))\n"
)


def run(*command, **more):
    done = subprocess.run([str(each) for each in command], capture_output=True, text=True, check=False, **more)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    [file] = folder.glob("*.whl")
    return file


@pytest.fixture
def empty_venv(tmp_path):
    """An environment without the program, which borrows the libraries of this one."""
    venv.create(tmp_path / "venv", with_pip=False)
    python = tmp_path / "venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    folder = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
    libraries = [sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
    # A plain path, unlike `addsitedir`, does not run the .pth files there, so this checkout is not on it.
    (Path(folder) / "borrowed.pth").write_text("\n".join(dict.fromkeys(libraries)), encoding="utf-8")
    return python


def install(python, *what):
    run(
        *(sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-build-isolation"),
        *("--no-index", "--disable-pip-version-check", "--force-reinstall", "-q", *what),
    )


def command(python):
    return python.parent / ("coach.exe" if os.name == "nt" else "coach")


def test_from_a_checkout():
    where, *found = run(sys.executable, "-c", SHOW, cwd=ROOT).splitlines()
    assert Path(where) == ROOT / "routines"
    assert found == ["True", "True"]


def test_from_an_editable_install(empty_venv, tmp_path):
    install(empty_venv, "-e", ROOT)
    where, *found = run(empty_venv, "-P", "-c", SHOW, cwd=tmp_path).splitlines()
    assert Path(where) == ROOT / "routines"
    assert found == ["True", "True"]
    assert "runner-legs" in run(command(empty_venv), "list", cwd=tmp_path)


def test_from_a_wheel(empty_venv, wheel, tmp_path):
    install(empty_venv, wheel)
    where, *found = run(empty_venv, "-P", "-c", SHOW, cwd=tmp_path).splitlines()
    assert Path(where).is_relative_to(tmp_path)
    assert found == ["True", "True"]
    assert "runner-legs" in run(command(empty_venv), "list", cwd=tmp_path)
    spoken = run(
        command(empty_venv),
        "run",
        "runner-legs",
        "--speed",
        "1000",
        "--output",
        "null",
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
    )
    assert spoken.endswith("Finished: 5:59 done.\n")


def test_a_wheel_holds_the_program_and_nothing_else(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"coach"}
    shipped = {name for name in names if name.startswith("coach/_shipped/")}
    beside = {
        f"coach/_shipped/{each.relative_to(ROOT).as_posix()}"
        for kind in ("plans", "routines", "sounds")
        for each in (ROOT / kind).rglob("*")
        if each.suffix in (".yaml", ".wav")
    }
    assert shipped == beside
    program = {each.relative_to(ROOT).as_posix() for each in (ROOT / "coach").rglob("*.py")}
    rest = {name for name in names if ".dist-info/" not in name} - shipped - program
    assets = {each.relative_to(ROOT).as_posix() for each in (ROOT / "coach/page/assets").iterdir()}
    assert rest == assets | {"coach/py.typed"}
    assert program <= set(names)
    described = {name.split("/", 1)[1] for name in names if ".dist-info/" in name}
    assert described == {"METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE"}


def test_a_source_archive_holds_what_its_own_tests_read(tmp_path):
    run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", tmp_path, cwd=ROOT)
    [file] = tmp_path.glob("*.tar.gz")
    with tarfile.open(file) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    pages = {each.name for each in ROOT.glob("*.md")}
    rooms = {"benchmarks/soak.py", "docs/keys.md", "sounds/make.py", "tests/test_house.py", "routines/runner-legs.yaml"}
    assert pages | rooms <= names


def test_a_wheel_says_what_it_needs(wheel):
    archive = zipfile.ZipFile(wheel)
    [name] = [entry for entry in archive.namelist() if entry.endswith("/METADATA")]
    metadata = archive.read(name).decode()
    required = [line for line in metadata.splitlines() if line.startswith("Requires-Dist: ")]
    needed = {re.match(r"[\w-]+", line.split()[1])[0] for line in required}
    plain = {line for line in required if "extra ==" not in line}
    assert len(plain) == 7, plain
    assert {"textual", "pyyaml", "click", "platformdirs", "miniaudio", "segno", "wakepy"} <= needed
    assert "Requires-Python: >=3.11" in metadata
