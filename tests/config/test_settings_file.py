"""The settings file: what is read, what is told, and what is written back without touching the rest."""

from __future__ import annotations

import json
import os
import stat

import pytest
from jsonschema import Draft7Validator

from coach.config import settings_file
from coach.config.schema import settings_schema, settings_schema_text
from coach.problems import CoachError
from coach.settings import Hook, Settings, SoundSettings, in_environment
from coach.system import paths

COMMENTED = """\
# mine
volume: 40   # the neighbours

countdown: 5
"""


@pytest.fixture
def file():
    file = paths.settings_file()
    file.parent.mkdir(parents=True)
    return file


def test_without_a_file_all_is_default():
    assert settings_file.load() == (Settings(), ())
    assert not paths.config().exists()


def test_in_a_closed_folder_all_settings_are_default_and_the_problem_is_reported(file, somebody_else):
    file.parent.chmod(0)
    with somebody_else():
        settings, (problem,) = settings_file.load(file)
        with pytest.raises(CoachError, match="you do not have permission"):
            settings_file.keep({"volume": "50"}, file)
    file.parent.chmod(0o700)
    assert settings == Settings()
    assert str(problem) == f"{file}: this file cannot be read: you do not have permission"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with a name here")
def test_a_pipe_in_its_place_is_not_waited_for(file):
    os.mkfifo(file)
    settings, (problem,) = settings_file.load(file)
    assert settings == Settings()
    assert str(problem) == f"{file}: this is a pipe: replace it with a file"
    with pytest.raises(CoachError, match=r"config.yaml is a pipe: replace it with a file$"):
        settings_file.keep({"volume": "50"}, file)


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n"])
def test_an_empty_file_is_no_trouble(file, text):
    file.write_text(text)
    assert settings_file.load() == (Settings(), ())


def test_every_key_is_read(file):
    file.write_text(
        "sounds: soft\nvolume: 35\nmute: yes\ncountdown: 5\nhalfway: no\nrep_beeps: off\nphase_beeps: false\n"
        "metronome: No\nlatency: 0.15s\nvoice: yes\nlanguage: de\ncount_reps: yes\ncount_rounds: yes\n"
        "count_in: 0\ntheme: light\nfigure: off\n"
    )
    settings, problems = settings_file.load()
    assert problems == ()
    assert settings == Settings(
        sound=SoundSettings(
            theme="soft",
            volume=0.35,
            mute=True,
            countdown=5,
            halfway=False,
            reps=False,
            phases=False,
            metronome=False,
            latency_ms=150,
            voice=True,
            language="de",
            count_reps=True,
            count_rounds=True,
        ),
        count_in=0,
        theme="light",
        figure="off",
    )


@pytest.mark.parametrize(
    ("figure", "environment", "expected"),
    [
        ("moving", {}, "moving"),
        ("moving", {"NO_MOTION": ""}, "moving"),
        ("moving", {"NO_MOTION": "1"}, "still"),
        ("still", {"NO_MOTION": "1"}, "still"),
        ("off", {"NO_MOTION": "1"}, "off"),
    ],
)
def test_no_motion_keeps_moving_figures_still(figure, environment, expected):
    assert in_environment(Settings(figure=figure), environment) == Settings(figure=expected)


def test_what_is_broken_is_reported_and_the_rest_counts(file):
    file.write_text("volume: 120\ncountdwn: 4\ncount_in: 5\nhalfway: maybe\n")
    settings, problems = settings_file.load()
    assert settings == Settings(count_in=5)
    assert [f"{each.line}:{each.column}" for each in problems] == ["1:9", "2:1", "4:10"]
    assert 'did you mean "countdown"?' in problems[1].message


COLON, SPACE = "a key needs a colon: write", "a colon needs a space after it: write"
UNKNOWN = 'unknown key "rest": the settings file has sounds, volume, mute, '
PROSE = 'this is text, not a key with a value: delete it, or start the line with "#"'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("volume 80\nmute: yes\n", [f'1:1: {COLON} "volume: 80"']),
        ("mute: yes\nvolume 80\n", [f'2:1: {COLON} "volume: 80"']),
        ("mute: yes\nvolume:80\n", [f'2:1: {SPACE} "volume: 80"']),
        ("volume:80\nmute: yes\n", [f'1:1: {SPACE} "volume: 80"']),
        ("mute: yes\n  volume 80\n", [f'1:7: {COLON} "volume: 80" on its own line']),
        ("volume 80\n", [f'1:1: {COLON} "volume: 80"']),
        ("volume 80\nmute yes\n", [f'1:1: {COLON} "volume: 80"', f'2:1: {COLON} "mute: yes"']),
        ("theme dark\nsounds soft\nmute: yes\n", [f'1:1: {COLON} "theme: dark"', f'2:1: {COLON} "sounds: soft"']),
        ("volume = 80\nmute: yes\n", [f'1:1: {COLON} "volume: 80"']),
        ("volume=80\nmute=yes\n", [f'1:1: {COLON} "volume: 80"', f'2:1: {COLON} "mute: yes"']),
        ("volum 80\nmute: yes\n", [f'1:1: {COLON} "volume: 80"']),
        ("rest: 30\n", [f"1:1: {UNKNOWN}"]),
        ("rest 30\n", [f"1:1: {UNKNOWN}"]),
        ("rest 30\nmute: yes\n", [f"1:1: {UNKNOWN}"]),
        ("mute: yes\nrest 30\n", [f"2:1: {UNKNOWN}"]),
        ("mute: yes\nrest 30s Walk\nvolume: 80\n", [f"2:1: {UNKNOWN}"]),
        ("emom: 30\n", ['1:1: unknown key "emom": the settings file has sounds, ']),
        ("time: 30\n", ['1:1: unknown key "time": did you mean "theme"?']),
        ("exercise: Squat\n", ['1:1: unknown key "exercise": the settings file has sounds, ']),
        ("These are mine\nmute: yes\n", [f"1:1: {PROSE}"]),
        ("mute: yes\nthey are mine\n", [f"2:1: {PROSE}"]),
        ("just words\n", ['1:1: settings are keys with values: write one per line, such as "volume: 80"']),
        ("```\nmute: yes\n```\n```\nvolume: 3\n```\n", ["5:1: there are two files in fences here, from lines 2 and 5"]),
    ],
)
def test_a_settings_file_is_judged_by_its_own_keys(file, text, expected):
    file.write_text(text)
    _, problems = settings_file.load()
    found = [f"{problem.line}:{problem.column}: {problem.message}" for problem in problems]
    assert [one[: len(start)] for one, start in zip(found, expected, strict=True)] == expected


def test_hooks_are_read_in_the_order_of_events(file):
    file.write_text("on:\n  finish: [a, 'b c', 5, '{\"on\": true}', ~/x]\n  start: [playerctl, pause]\nvolume: 30\n")
    settings, problems = settings_file.load()
    assert problems == ()
    assert settings.hooks == (
        Hook("start", ("playerctl", "pause")),
        Hook("finish", ("a", "b c", "5", '{"on": true}', "~/x")),
    )


@pytest.mark.parametrize("text", ["on:\n", "on: {}\n", 'on: ""\n'])
def test_there_may_be_no_hooks(file, text):
    file.write_text(text)
    assert settings_file.load() == (Settings(), ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on: x", '1:5: write one event and its command per line, indented, such as "finish: [notify-send, Done]"'),
        ("on: [a]", '1:5: write one event and its command per line, indented, such as "finish: [notify-send, Done]"'),
        ("on: {star: [a]}", '1:6: unknown key "star": did you mean "start"?'),
        (
            "on: {start: playerctl pause --all}",
            "1:13: no shell reads a command: write it as a list, [playerctl, pause, --all]",
        ),
        (
            "on: {start: say 'well done' \"}",
            """1:13: no shell reads a command: write it as a list, [say, "'well", "done'", "\\""]""",
        ),
        ("on: {start: say 'well done'}", "1:13: no shell reads a command: write it as a list, [say, well done]"),
        ("on: {start: {a: b}}", "1:13: write the command as a list, such as [notify-send, Work]"),
        (
            "on: {start: []}",
            "1:13: there is no program to run: write one first in the list, such as [notify-send, Work]",
        ),
        (
            'on: {start: ["", a]}',
            "1:13: there is no program to run: write one first in the list, such as [notify-send, Work]",
        ),
        ("on: {start: [a, [b]]}", "1:17: a list inside a command is not allowed: put this text in quotes"),
        ("on: {start: [a, {b: c}]}", '1:17: keys are not allowed here: if this is text, put it in quotes, "b: c"'),
        ("on: {start: }", '1:6: no value for "start": write one after the colon, as in "start: [notify-send, Work]"'),
        (
            "start: [a]",
            '1:1: unknown key "start": write hooks under "on", such as "on: {finish: [notify-send, Done]}"',
        ),
        ("hooks: {}", '1:1: unknown key "hooks": write hooks under "on", such as "on: {finish: [notify-send, Done]}"'),
    ],
)
def test_a_hook_that_cannot_be_run_is_answered_with_the_cure(file, text, expected):
    file.write_text(f"volume: 30\n{text}\n")
    settings, problems = settings_file.load()
    assert settings == Settings(sound=SoundSettings(volume=0.3))
    line, _, rest = expected.partition(":")
    assert [f"{each.line - 1}:{each.column}: {each.message}" for each in problems] == [f"{line}:{rest}"]


def test_one_broken_hook_leaves_the_others(file):
    file.write_text("on:\n  start: oops\n  rest: [a]\n")
    assert settings_file.load()[0].hooks == (Hook("rest", ("a",)),)


def test_changing_a_setting_leaves_hooks_to_the_letter(file):
    file.write_text("on:  # mine\n  start: [a,  b]\nvolume: 30\n")
    settings_file.keep({"volume": "50"})
    assert file.read_text() == "on:  # mine\n  start: [a,  b]\nvolume: 50\n"


@pytest.mark.parametrize(
    ("settings", "is_valid"),
    [
        ({"volume": 30, "theme": "dark", "keys": {"session.pause": "p"}}, True),
        ({"on": {"start": ["sleep", 5], "finish": ["a"]}}, True),
        ({"on": None, "keys": None}, True),
        ({"on": {"start": "a b"}}, False),
        ({"on": {"start": []}}, False),
        ({"on": {"begin": ["a"]}}, False),
        ({"volum": 30}, False),
    ],
)
def test_the_schema_accepts_what_the_reader_accepts(settings, is_valid):
    assert Draft7Validator(settings_schema()).is_valid(settings) == is_valid


def test_the_schema_is_a_schema():
    Draft7Validator.check_schema(json.loads(settings_schema_text()))


@pytest.mark.parametrize("text", ["- a\n", "just words\n", "a: [\n", "\x00", "volume: 3\nvolume: 4\n"])
def test_no_settings_file_stops_the_program(file, text):
    file.write_text(text)
    settings, problems = settings_file.load()
    assert isinstance(settings, Settings)
    assert problems


def test_a_folder_in_its_place_is_reported(file):
    file.mkdir()
    settings, problems = settings_file.load()
    assert settings == Settings()
    assert len(problems) == 1


def test_keeping_a_value_leaves_everything_else_to_the_letter(file):
    file.write_text(COMMENTED)
    assert settings_file.keep({"volume": "65"}) == file
    assert file.read_text() == COMMENTED.replace("40", "65")


def test_keeping_a_new_value_puts_it_at_the_end(file):
    file.write_text("volume: 40", newline="")
    settings_file.keep({"mute": "yes", "volume": "50"})
    assert file.read_text() == "volume: 50\nmute: yes\n"


@pytest.mark.parametrize("text", ["```yaml\nvolume: 30\n```\n", "volume: 30\n---\n"])
def test_where_the_end_of_the_file_is_not_the_end_of_its_keys_nothing_is_added(file, text):
    file.write_text(text, encoding="utf-8")
    settings_file.keep({"volume": "50"})
    assert settings_file.load()[0].sound.volume == 0.5
    with pytest.raises(CoachError, match=r'^"mute" cannot be added, because the file has more text after its last key'):
        settings_file.keep({"mute": "yes"})
    assert file.read_text(encoding="utf-8") == text.replace("30", "50")


def test_keeping_makes_the_file_and_its_folder():
    settings_file.keep({"volume": "50"})
    assert settings_file.load()[0].sound.volume == 0.5


@pytest.mark.parametrize(
    "before", [b"volume: 40\r\ncount_in: 1\r\n", b"\xef\xbb\xbfvolume: 40\n", b"# volume: 9\nvolume: 40"]
)
def test_line_ends_and_marks_stay_as_they_are(file, before):
    file.write_bytes(before)
    settings_file.keep({"volume": "50"})
    assert file.read_bytes() == before.replace(b"40", b"50")


def test_a_broken_file_is_not_touched(file):
    file.write_text("volume: [\n")
    with pytest.raises(CoachError, match="nothing was changed"):
        settings_file.keep({"volume": "50"})
    assert file.read_text() == "volume: [\n"


def test_permissions_and_links_are_kept(file, tmp_path):
    real = tmp_path / "dotfiles.yaml"
    real.write_text(COMMENTED)
    real.chmod(0o640)
    file.symlink_to(real)
    settings_file.keep({"volume": "65"})
    assert file.is_symlink()
    assert real.read_text() == COMMENTED.replace("40", "65")
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_what_cannot_be_written_is_one_sentence(tmp_path):
    (tmp_path / "in-the-way").write_text("")
    with pytest.raises(CoachError, match="cannot be written"):
        settings_file.keep({"volume": "50"}, tmp_path / "in-the-way" / "config.yaml")


def test_no_half_written_file_is_left(file, monkeypatch):
    file.write_text(COMMENTED)
    monkeypatch.setattr("pathlib.Path.replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left")))
    with pytest.raises(CoachError, match="No space left"):
        settings_file.keep({"volume": "50"})
    assert [each.name for each in file.parent.iterdir()] == [file.name]
    assert file.read_text() == COMMENTED


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("keys:\n  session.pause: p\n", {"session.pause": ("p",)}),
        ("keys: {session.pause: p, choose.new: x}\n", {"session.pause": ("p",), "choose.new": ("x",)}),
        ('keys:\n  session.pause: [space, "-"]\n  session.mute: m f2\n',
         {"session.pause": ("space", "-"), "session.mute": ("m", "f2")}),
        ("keys:\n", {}),
        ("keys: {}\n", {}),
    ],
)  # fmt: skip
def test_chosen_keys_are_read_with_their_place(file, text, chosen):
    file.write_text(text)
    settings, problems = settings_file.load()
    assert problems == ()
    assert {each.action: each.keys for each in settings.keys} == chosen
    assert all(each.line and each.column for each in settings.keys)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("keys: p\n", "1:7"),
        ("keys: [p]\n", "1:7"),
        ("keys:\n  session.pause:\n", "2:17"),
        ("keys:\n  session.pause: {a: b}\n", "2:18"),
    ],
)
def test_chosen_keys_that_cannot_be_read_are_reported(file, text, place):
    file.write_text(text)
    settings, problems = settings_file.load()
    assert settings == Settings()
    assert [f"{each.line}:{each.column}" for each in problems] == [place]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "keys:\n  session.pause: p\n"),
        ("volume: 40  # loud", "volume: 40  # loud\nkeys:\n  session.pause: p\n"),
        ("keys:  # mine\nvolume: 40\n", "keys:  # mine\n  session.pause: p\nvolume: 40\n"),
        ("keys:", "keys:\n  session.pause: p\n"),
        ("keys: {}  # none\n", "keys: {session.pause: p}  # none\n"),
        ("keys: {choose.new: x}\n", "keys: {choose.new: x, session.pause: p}\n"),
        ('keys: {session.pause: "?"}  # why\n', "keys: {session.pause: p}  # why\n"),
        ("keys:\n  session.pause: space p  # why\n", "keys:\n  session.pause: p  # why\n"),
        ("keys:\n  session.pause: [space, p]\n", "keys:\n  session.pause: p\n"),
        (
            "keys:\n    # new\n    choose.new: x  # x\n\n# end\nvolume: 40\n",
            "keys:\n    # new\n    choose.new: x  # x\n    session.pause: p\n\n# end\nvolume: 40\n",
        ),
        ("keys:\n  choose.new: x", "keys:\n  choose.new: x\n  session.pause: p\n"),
        ("keys:\r\n  choose.new: x\r\n", "keys:\r\n  choose.new: x\r\n  session.pause: p\r\n"),
    ],
)
def test_keeping_a_key_leaves_everything_else_to_the_letter(file, before, after):
    file.write_bytes(before.encode())
    settings_file.keep({}, keys={"session.pause": "p"})
    assert file.read_bytes().decode() == after
    chosen = {each.action: each.keys for each in settings_file.load()[0].keys}
    assert chosen["session.pause"] == ("p",)


@pytest.mark.parametrize("before", ["keys: x\n", "keys: [x]\n", "keys:\n  session.pause:\n    - a\n    - b\n"])
def test_keys_that_are_written_in_another_way_are_not_touched(file, before):
    file.write_text(before)
    with pytest.raises(CoachError, match="by hand"):
        settings_file.keep({"volume": "50"}, keys={"session.pause": "p"})
    assert file.read_text() == before


@pytest.mark.parametrize("key", ['"', "\\", "-", ",", "[", "?", "space p", "ctrl+g", "#", ":", "é", "'"])
def test_any_key_comes_back_as_it_was_kept(file, key):
    file.write_text("keys: {choose.new: x}\n")
    settings_file.keep({}, keys={"session.pause": key, "session.mute": key})
    assert {" ".join(each.keys) for each in settings_file.load()[0].keys if each.action != "choose.new"} == {key}


def test_settings_are_the_same_after_they_were_written():
    assert settings_file.from_texts(settings_file.as_texts(Settings())) == Settings()
    odd = Settings(
        sound=SoundSettings(volume=0.33, latency_ms=155, voice=True, theme="mine"), theme="nord", figure="still"
    )
    assert settings_file.from_texts(settings_file.as_texts(odd)) == odd
