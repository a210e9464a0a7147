from __future__ import annotations

import os
import sys
from collections import Counter

import pytest

from coach.problems import BrokenFile, CoachError
from coach.routine.library.catalogue import MOST_COMPARED, Catalogue, fold
from coach.routine.library.files import kind_of
from coach.routine.library.library import Library, is_path
from coach.routine.model import Exercise, Source
from coach.timeline.compile.compile import compile_routine

ROUTINE = "name: {}\nsteps:\n  - exercise: lunge\n    reps: 3\n"


@pytest.fixture
def folders(tmp_path):
    for name in ("shipped/exercises", "user/exercises"):
        (tmp_path / name).mkdir(parents=True)
    return tmp_path


def put(folders, name, text):
    path = folders / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def library(folders):
    return Library(folders / "shipped", folders / "user")


def lines_of(problems, folders):
    return [str(problem).replace(str(folders) + os.sep, "").replace("\\", "/") for problem in problems]


def test_routines_are_found_by_stem_whatever_folder_they_are_in(folders):
    put(folders, "shipped/b.yaml", ROUTINE.format("B"))
    put(folders, "shipped/deep/er/a.yml", ROUTINE.format("A"))
    put(folders, "user/c.YAML", ROUTINE.format("C"))
    put(folders, "user/notes.txt", "no")
    put(folders, "user/.hidden.yaml", "no")
    put(folders, "user/.git/d.yaml", "no")
    put(folders, "shipped/exercises/lunge.yaml", "name: Lunge\n")
    entries = library(folders).entries()
    assert [(entry.id, entry.origin, entry.shadows) for entry in entries] == [
        ("a", "shipped", False), ("b", "shipped", False), ("c", "user", False),
    ]  # fmt: skip
    assert [entry.routine.name for entry in entries] == ["A", "B", "C"]


def test_a_users_file_shadows_a_shipped_one_even_when_it_is_broken(folders):
    put(folders, "shipped/legs.yaml", ROUTINE.format("Shipped"))
    put(folders, "user/my/legs.yaml", ROUTINE.format("Mine"))
    (entry,) = library(folders).entries()
    assert (entry.routine.name, entry.origin, entry.shadows) == ("Mine", "user", True)
    put(folders, "user/my/legs.yaml", "nam: x")
    (entry,) = library(folders).entries()
    assert entry.routine is None
    assert entry.problems
    with pytest.raises(BrokenFile):
        library(folders).routine("legs")


def test_a_file_whose_name_is_no_id_says_how_to_rename_it(folders):
    put(folders, "user/My Legs.yaml", ROUTINE.format("Mine"))
    put(folders, "user/exercises/Übung.yml", "name: U\n")
    lib = library(folders)
    (entry,) = lib.entries()
    assert lines_of(entry.problems, folders) == [
        (
            "user/My Legs.yaml: a file name can have only lowercase letters, digits and hyphens: "
            'rename it to "my-legs.yaml"'
        )
    ]
    assert lines_of(lib.problems(), folders) == [
        (
            "user/exercises/Übung.yml: a file name can have only lowercase letters, digits and "
            'hyphens: rename it to "ubung.yml"'
        )
    ]
    assert lib.ids() == ()


def test_two_files_of_one_name_are_reported_and_the_first_counts(folders):
    put(folders, "user/a/legs.yaml", ROUTINE.format("First"))
    put(folders, "user/b/legs.yml", ROUTINE.format("Second"))
    first, second = library(folders).entries()
    assert first.routine.name == "First"
    assert lines_of(second.problems, folders) == [
        f"user/b/legs.yml: {folders / 'user/a/legs.yaml'} has the same name: rename one of them".replace(
            str(folders) + os.sep, ""
        )
    ]
    assert library(folders).routine("legs").name == "First"


def test_a_name_is_an_id_first_then_a_name_ignoring_case(folders):
    put(folders, "shipped/a.yaml", ROUTINE.format("B"))
    put(folders, "shipped/b.yaml", ROUTINE.format("Hip  Engine"))
    lib = library(folders)
    assert lib.routine("B").id == "b"
    assert lib.routine("A").id == "a"
    assert lib.routine("hip engine").id == "b"
    assert lib.routine(" HIP ENGINE ").id == "b"


def test_a_name_that_means_nothing_or_two_things_is_an_error_with_a_cure(folders):
    put(folders, "shipped/one.yaml", ROUTINE.format("Legs"))
    put(folders, "user/two.yaml", ROUTINE.format("legs"))
    with pytest.raises(CoachError, match=r'^2 routines are called "LEGS": use an id, one or two$') as error:
        library(folders).routine("LEGS")
    assert error.value.exit_code == 2
    with pytest.raises(CoachError, match=r'^there is no routine "twoo": did you mean "two"\?$'):
        library(folders).routine("twoo")
    with pytest.raises(CoachError, match=r'^there is no routine "zz": `coach list` shows them all$'):
        library(folders).routine("zz")
    with pytest.raises(CoachError, match=r'^there is no routine "\?\[31m": '):
        library(folders).routine("\x1b[31m")


@pytest.mark.parametrize(
    ("name", "file", "cure"),
    [
        ("two", "two.yaml", "for the file in this folder, write `./two.yaml`"),
        ("two", "two.yml", "for the file in this folder, write `./two.yml`"),
        ("my legs", "my legs.yaml", "for the file in this folder, write `'./my legs.yaml'`"),
        ("onee", "onee.yaml", "for the file in this folder, write `./onee.yaml`"),  # not: did you mean "one"?
        ("two", "two.txt", "`coach list` shows them all"),
        ("two", "two.yaml/x", "`coach list` shows them all"),  # a folder
        ("n" * 300, "two.yaml", "`coach list` shows them all"),
        ("t\0wo", "two.yaml", "`coach list` shows them all"),
    ],
)
def test_a_file_of_that_name_in_the_current_folder_is_offered(folders, monkeypatch, name, file, cure):
    put(folders, "shipped/one.yaml", ROUTINE.format("One"))
    put(folders, f"here/{file}", ROUTINE.format("Two"))
    monkeypatch.chdir(folders / "here")
    with pytest.raises(CoachError) as error:
        library(folders).routine(name)
    assert str(error.value).endswith(f": {cure}")
    if cure.startswith("for"):
        assert library(folders).routine(f"./{file}").name == "Two"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("legs", False),
        ("legs.yaml", True),
        ("LEGS.YML", True),
        ("./legs", True),
        ("a\\b", True),
        ("Runner's legs", False),
    ],
)
def test_what_is_a_path(name, expected):
    assert is_path(name) is expected


def test_a_path_is_read_from_anywhere(folders):
    path = put(folders, "else where/My Legs.yaml", ROUTINE.format("Mine"))
    routine = library(folders).routine(str(path))
    assert (routine.id, routine.name, routine.file) == ("my-legs", "Mine", str(path))
    path.write_text("nam: x", encoding="utf-8")
    with pytest.raises(BrokenFile) as error:
        library(folders).routine(str(path))
    assert error.value.exit_code == 1
    assert library(folders).read_path(path).problems


def test_what_cannot_be_read_is_a_sentence(folders):
    lib = library(folders)
    with pytest.raises(CoachError, match=r"^no such file: .*gone.yaml$") as error:
        lib.routine(str(folders / "gone.yaml"))
    assert error.value.exit_code == 2
    (folders / "dir.yaml").mkdir()
    with pytest.raises(CoachError, match=r"dir.yaml is a folder: give the name of a file in it$"):
        lib.routine(str(folders / "dir.yaml"))
    with pytest.raises(CoachError, match="cannot be read: "):
        lib.routine("a\0b/c")
    with pytest.raises(CoachError, match="cannot be read: "):
        lib.routine("~nobody-is-called-this/legs.yaml")
    with pytest.raises(CoachError, match="cannot be read: "):
        lib.routine("x" * 5000 + ".yaml")


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes are not every user's there")
def test_links_and_pipes_hang_nothing(folders):
    put(folders, "user/legs.yaml", ROUTINE.format("Legs"))
    (folders / "user/loop").symlink_to(folders / "user", target_is_directory=True)
    (folders / "user/self.yaml").symlink_to(folders / "user/self.yaml")
    (folders / "user/dead.yaml").symlink_to(folders / "nowhere")
    os.mkfifo(folders / "user/pipe.yaml")
    entries = {entry.id: entry for entry in library(folders).entries()}
    assert sorted(entries) == ["dead", "legs", "self"]
    assert lines_of(entries["dead"].problems, folders) == ["user/dead.yaml: this file does not exist"]
    assert entries["self"].problems
    assert entries["legs"].routine


def test_missing_and_unreadable_folders_never_crash(folders, monkeypatch):
    put(folders, "shipped/legs.yaml", ROUTINE.format("Legs"))
    assert [entry.id for entry in Library(folders / "shipped", folders / "none").entries()] == ["legs"]
    real = os.scandir

    def refuse(path):
        if str(path).endswith("user"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr("os.scandir", refuse)
    lib = library(folders)
    assert [entry.id for entry in lib.entries()] == ["legs"]
    assert lines_of(lib.problems(), folders) == ["user: this folder cannot be read: Permission denied"]
    assert lib.closed_folders() == lib.problems()


def test_a_file_without_permission_is_a_broken_entry(folders, monkeypatch):
    put(folders, "user/legs.yaml", ROUTINE.format("Legs"))

    def refuse(*_args, **_kwargs):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", refuse)
    (entry,) = library(folders).entries()
    assert lines_of(entry.problems, folders) == ["user/legs.yaml: this file cannot be read: you do not have permission"]


def catalogue(folders, exercises=""):
    text = ROUTINE.format("N") + (f"exercises:\n{exercises}" if exercises else "")
    put(folders, "user/n.yaml", text)
    lib = library(folders)
    return lib.catalogue(lib.routine("n"))


def test_an_exercise_answers_to_its_id_its_name_and_its_aliases(folders):
    put(folders, "shipped/exercises/high-knees.yaml", "name: High knees\naliases: [Knee  run]\n")
    found = catalogue(folders)
    for name in ("high-knees", "HIGH KNEES", "knee run", " High  Knees "):
        assert found.find(name)[0].id == "high-knees"
    assert found.find("knees")[0] is None
    assert found.near(["high knee", "zzz"]) == {"high knee": "High knees"}


def test_ids_win_over_names_and_names_over_aliases(folders):
    put(folders, "shipped/exercises/a.yaml", "name: B\naliases: [C]\n")
    put(folders, "shipped/exercises/b.yaml", "name: C\naliases: [d]\n")
    found = catalogue(folders)
    assert found.find("b")[0].id == "b"
    assert found.find("c")[0].id == "b"


def test_private_ones_come_before_the_users_and_those_before_the_shipped(folders):
    for where in ("shipped", "user"):
        put(folders, f"{where}/exercises/lunge.yaml", f"name: Lunge {where}\naliases: [{where} one]\n")
    put(folders, "shipped/exercises/dip.yaml", "name: Dip\naliases: [push]\n")
    found = catalogue(folders)
    assert found.find("lunge")[0].name == "Lunge user"
    # What is replaced is gone; its names mean what stands in its place.
    assert found.find("shipped one")[0].name == "Lunge user"
    assert found.find("dip")[0].name == "Dip"
    found = catalogue(folders, "  lunge: {name: Mine}\n  own: {name: Push}\n")
    assert found.find("lunge")[0].name == "Mine"
    assert found.find("user one")[0].name == "Mine"
    assert found.find("push")[0].id == "own"


def test_a_broken_exercise_file_hides_what_it_replaces_and_is_reported(folders):
    put(folders, "shipped/exercises/lunge.yaml", "name: Lunge\n")
    put(folders, "user/exercises/lunge.yaml", "nam: Lunge\n")
    found = catalogue(folders)
    assert found.find("lunge")[0] is None
    assert lines_of(found.broken("Lunge"), folders) == [
        'user/exercises/lunge.yaml:1:1: unknown key "nam": did you mean "name"?'
    ]
    assert found.broken("squat") == ()
    assert lines_of(library(folders).problems(), folders) == lines_of(found.broken("lunge"), folders)


def test_a_broken_exercise_file_is_not_passed_over_for_one_that_has_its_id_as_an_alias(folders):
    put(folders, "shipped/exercises/split.yaml", "name: Split\naliases: [lunge]\n")
    assert catalogue(folders).find("lunge")[0].id == "split"
    put(folders, "user/exercises/lunge.yaml", "nam: Lunge\n")
    assert catalogue(folders).find("lunge")[0] is None


def test_listing_reads_no_exercise_and_each_file_once(folders, monkeypatch):
    put(folders, "shipped/exercises/lunge.yaml", "name: Lunge\n")
    put(folders, "shipped/legs.yaml", ROUTINE.format("Legs"))
    read = []
    real = type(folders).open

    def remember(self, *args, **kwargs):
        read.append(self.name)
        return real(self, *args, **kwargs)

    monkeypatch.setattr(type(folders), "open", remember)
    monkeypatch.setattr("pathlib.Path.open", remember)
    lib = library(folders)
    lib.ids()
    assert read == []
    lib.entries()
    lib.entries()
    found = lib.catalogue(lib.routine("legs"))
    assert read == ["legs.yaml"]
    found.find("lunge")
    lib.catalogue(lib.routine("legs")).find("lunge")
    assert read == ["legs.yaml", "lunge.yaml"]


INCLUDING = "name: {}\nsteps:\n  - routine: cool-down\n"


def test_a_routine_to_include_is_found_by_id_then_by_name_with_what_its_own_names_mean(folders):
    put(folders, "user/main.yaml", INCLUDING.format("Main"))
    put(folders, "shipped/cool-down.yaml", ROUTINE.format("Legs") + "exercises:\n  lunge: {name: My lunge}\n")
    put(folders, "shipped/legs.yaml", ROUTINE.format("Cool-Down"))
    lib = library(folders)
    found = lib.catalogue(lib.routine("main"))
    routine, inner, source = found.include(" COOL-down ")
    assert routine.id == "cool-down"
    assert source == Source("include", "cool-down", "cool-down", routine.file, routine.text)
    assert inner.find("lunge")[0].name == "My lunge"
    assert found.find("lunge")[0] is None
    assert inner.include("main")[0].name == "Main"
    assert found.include("Legs")[0].id == "legs"
    assert found.include("legz") is None
    assert found.routine_near("legz") == "legs"
    assert found.routine_near("zzzzzz") is None
    assert found.broken_routine("legz") == found.broken_routine("legs") == ()


def test_compiling_twice_with_one_catalogue_gives_equal_results(folders):
    steps = "steps:\n  - 30s lunge\n  - 30s Plank\n  - routine: cool-down\n"
    put(folders, "user/main.yaml", f"name: Main\n{steps}exercises:\n  plank: {{name: Plank}}\n")
    put(folders, "shipped/cool-down.yaml", "name: Cool\nsteps:\n  - 30s Plank\n")
    for id_ in ("lunge", "plank", "dip"):
        put(folders, f"shipped/exercises/{id_}.yaml", f"name: {id_.capitalize()}\n")
    lib = library(folders)
    routine = lib.routine("main")
    found = lib.catalogue(routine)
    first = compile_routine(routine, found)
    found.find("dip")
    found.include("cool-down")[1].find("dip")
    assert compile_routine(routine, found) == first
    # A private exercise is in the routine's own text; an included routine has none of it.
    names = [(source.role, source.name) for source in first.sources]
    assert names == [("routine", "main"), ("exercise", "lunge"), ("include", "cool-down"), ("exercise", "plank")]
    found.near(["Lunje"] * MOST_COMPARED)
    assert found.near(["Lunje"]) == {"Lunje": "lunge"}


def test_of_two_routines_of_one_name_the_users_is_included(folders):
    put(folders, "user/main.yaml", INCLUDING.format("Main"))
    put(folders, "shipped/a.yaml", ROUTINE.format("Cool"))
    put(folders, "user/b.yaml", ROUTINE.format("Cool"))
    lib = library(folders)
    assert lib.catalogue(lib.routine("main")).include("cool")[0].id == "b"


def test_a_broken_routine_is_not_included_and_is_reported(folders):
    put(folders, "user/main.yaml", INCLUDING.format("Main"))
    put(folders, "shipped/cool-down.yaml", ROUTINE.format("Cool"))
    put(folders, "user/cool-down.yaml", "nam: Cool\n")
    lib = library(folders)
    found = lib.catalogue(lib.routine("main"))
    assert found.include("cool-down") is None
    assert lines_of(found.broken_routine("Cool-down"), folders)[-1] == (
        'user/cool-down.yaml:1:1: unknown key "nam": did you mean "name"?'
    )


def test_a_catalogue_without_a_library_has_no_routines():
    found = Catalogue({})
    assert found.include("a") is None
    assert found.routine_near("a") is None
    assert found.broken_routine("a") == ()


def test_the_library_of_a_fresh_machine_holds_what_ships():
    assert {"runner-legs", "lunge-six-phases"} <= set(Library().ids())


def test_a_name_of_several_routines_has_rivals_and_an_id_none(folders):
    put(folders, "user/main.yaml", INCLUDING.format("Main"))
    put(folders, "shipped/a.yaml", ROUTINE.format("Cool"))
    put(folders, "user/b.yaml", ROUTINE.format("cool"))
    lib = library(folders)
    found = lib.catalogue(lib.routine("main"))
    assert found.routine_rivals("COOL") == ("b", "a")
    assert found.routine_rivals("a") == found.routine_rivals("nothing") == ()
    assert Catalogue({}).routine_rivals("cool") == ()


def test_a_name_of_several_exercises_has_rivals_where_it_means_them_alike(folders):
    put(folders, "user/exercises/dip.yaml", "name: Dip\naliases: [push]\n")
    put(folders, "user/exercises/bar-dip.yaml", "name: dip\naliases: [Push]\n")
    put(folders, "user/exercises/press.yaml", "name: Press\naliases: [bar-dip]\n")
    put(folders, "shipped/exercises/old.yaml", "name: Press\n")
    found = catalogue(folders, "  own: {name: Row}\n")
    assert found.rivals("push") == ("bar-dip", "dip")
    assert found.rivals("dip") == ("dip",)  # an id before a name
    assert found.rivals("bar-dip") == ("bar-dip",)
    assert found.rivals("Press") == ("press",)  # the user's before a shipped one
    assert found.rivals("row") == ("own",)
    assert found.rivals("nothing") == ()


def test_a_file_with_a_bad_name_is_reported_by_that_name_and_when_it_is_checked(folders):
    path = put(folders, "user/My Legs.yaml", ROUTINE.format("Mine"))
    with pytest.raises(BrokenFile, match=r'rename it to "my-legs\.yaml"'):
        library(folders).routine("my legs")
    read = library(folders).problems_of(path)
    routine, problems = read.value, read.problems
    assert routine.name == "Mine"
    assert [problem.message for problem in problems] == [
        'a file name can have only lowercase letters, digits and hyphens: rename it to "my-legs.yaml"'
    ]
    put(folders, "user/a/legs.yaml", ROUTINE.format("Legs"))
    twin = put(folders, "user/b/legs.yaml", ROUTINE.format("Legs"))
    [problem] = library(folders).problems_of(twin).problems
    assert problem.message.endswith("legs.yaml has the same name: rename one of them")
    elsewhere = put(folders, "else where/My Legs.yaml", ROUTINE.format("Mine"))
    assert library(folders).problems_of(elsewhere).problems == ()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("user/exercises/a.yaml", True),
        ("user/exercises/legs/a.yaml", True),
        ("user/legs/exercises/a.yaml", False),
        ("user/a.yaml", False),
        ("user/exercises.yaml", False),
        ("elsewhere/exercises/a.yaml", True),
        ("elsewhere/exercises/legs/a.yaml", True),
        ("elsewhere/a.yaml", False),
    ],
)
def test_library_and_check_agree_on_what_is_an_exercise(folders, name, expected):
    path = put(folders, name, "name: A\nreps: 3\n")
    lib = library(folders)
    assert (kind_of(path, lib.folders) == "exercise") is expected
    assert (lib.problems_of(path).problems == ()) is expected
    if name.startswith("user/"):
        assert (path.stem in lib.exercise_ids()) is expected


def test_only_typos_are_near_an_exercise(folders):
    put(folders, "shipped/exercises/side-lunge.yaml", "name: Side lunge\naliases: [band squat]\n")
    found = catalogue(folders)
    assert found.near(["side lunges", "Side plank", "Squat"]) == {"side lunges": "Side lunge"}


def test_a_page_of_titles_beside_a_page_of_names_is_looked_through_in_no_time(monkeypatch):
    """The work grows with the one and the other, and not with their product."""
    work = Counter()
    monkeypatch.setattr("coach.routine.library.catalogue.fold", lambda name: work.update(folded=1) or fold(name))
    monkeypatch.setattr(
        "coach.routine.library.catalogue.nearest", lambda _, known, **__: work.update(compared=len(known))
    )
    found = Catalogue({f"own-{at}": Exercise(f"own-{at}", f"Own {at}", (f"mine {at}",)) for at in range(1000)})
    for at in range(1000):
        assert found.rivals(f"OWN {at}") == (f"own-{at}",)
    found.near(f"title {at}" for at in range(1000))
    assert work["folded"] < 10_000
    assert 0 < work["compared"] <= MOST_COMPARED
