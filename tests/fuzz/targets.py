"""What is fed with damaged bytes, and what must hold whatever it is fed."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import tempfile
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from coach.audio import bank, protocol
from coach.audio.player import Player
from coach.config import settings_file
from coach.exchange.incoming.reading import read_foreign
from coach.figure import motion
from coach.figure.picture import Album, Room, pens
from coach.figure.reader import read_figure
from coach.history.db import backup, reader
from coach.history.db.database import open_database
from coach.history.db.merge import merge
from coach.history.report.text import overview
from coach.problems import BrokenFile, CoachError, Problem
from coach.routine.language.quick import read_quick
from coach.routine.language.reader import read_exercise, read_routine
from coach.routine.library.library import Library
from coach.routine.model import Routine
from coach.settings import SoundSettings
from coach.timeline.as_json import as_values
from coach.timeline.compile.compile import compile_routine
from coach.timeline.lint import lint
from coach.timeline.outline import outline
from tests.audio.test_process import PERIOD, Rig
from tests.builders import Shelf
from tests.exchange.incoming.samples import SAMPLES
from tests.history.made import fill, session, visit
from tests.hostile.corpus import REFUSED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

ROOT = Path(__file__).parents[2]
CORPUS = Path(__file__).parent / "corpus"
TODAY = date(2026, 11, 22)
FIGURE_PENS = pens((0, 0, 0), (0, 255, 0), (255, 255, 255))
SHORT = 20_000
"""Intervals of a timeline that is looked at as a whole; a longer one is only compiled."""


@dataclass(frozen=True)
class Target:
    """`feed` takes bytes and raises when a promise is broken. `pieces` mean something to what it feeds."""

    feed: Callable[[bytes], None]
    pieces: tuple[bytes, ...]
    seeds: tuple[bytes, ...] = field(repr=False)


def _kept(name: str) -> tuple[bytes, ...]:
    return tuple(each.read_bytes() for each in sorted((CORPUS / name).glob("*")))


def assert_clean(problems: Iterable[Problem]) -> None:
    """Every problem says something, on one line without anything that is obeyed."""
    for each in problems:
        assert each.message
        assert not REFUSED.search(str(each)), repr(str(each))
        assert "\n" not in str(each)


def assert_whole(routine: Routine) -> None:
    """A routine that was read can be unrolled, or it is said why not; the rest follows."""
    catalogue = Library(user=Path(os.devnull)).catalogue(routine)
    try:
        timeline = compile_routine(routine, catalogue)
    except BrokenFile as error:
        assert_clean(error.problems)
        return
    if len(timeline.intervals) <= SHORT:
        lint(routine, catalogue, catalogue, timeline)
        outline(timeline)
        json.dumps(as_values(timeline, SoundSettings(voice=True)), ensure_ascii=False).encode()


def feed_routine(data: bytes) -> None:
    found = read_routine(data, "fuzz.yaml", "fuzz")
    assert_clean((*found.problems, *found.warnings))
    if found.value is not None:
        assert_whole(found.value)


def feed_exercise(data: bytes) -> None:
    found = read_exercise(data, "fuzz.yaml", "fuzz")
    assert_clean((*found.problems, *found.warnings))


def feed_figure(data: bytes) -> None:
    found = read_figure(data, "fuzz.yaml", "fuzz")
    assert_clean((*found.problems, *found.warnings))
    if found.value is None:
        return
    album = Album(found.value, Room(10, 5), FIGURE_PENS)
    moments, _ = motion.film(found.value)
    for moment in (*moments[:: max(1, len(moments) // 4)], *map(motion.Stance, *[motion.storyboard(found.value)] * 2)):
        assert [sum(len(run.text) for run in row) for row in album.at(moment)] == [10] * 5


def feed_quick(data: bytes) -> None:
    found = read_quick(data.decode("utf-8", "surrogateescape"))
    assert_clean((*found.problems, *found.warnings))
    if found.value is not None:
        assert_whole(Routine("fuzz", "Fuzz", found.value, file="fuzz"))


def feed_foreign(data: bytes) -> None:
    """A file of another program gives whole routines that read without a problem, or is answered in a sentence."""
    incoming, answer = None, ""
    try:
        incoming = read_foreign(data, "fuzz", "fuzz")
    except CoachError as error:
        answer = str(error)
    assert not REFUSED.search(answer), repr(answer)
    if incoming is None:
        return
    assert_clean(incoming.lost)
    for routine in incoming.routines[:20]:
        assert not read_routine(routine.text, "fuzz.yaml", "fuzz").problems
        try:
            timeline = compile_routine(routine, Shelf())
        except BrokenFile as error:
            assert_clean(error.problems)
        else:
            outline(timeline)


def feed_settings(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "config.yaml"
        file.write_bytes(data)
        settings, problems = settings_file.load(file)
        assert 0 <= settings.sound.volume <= 1
        assert_clean(problems)
        try:
            settings_file.keep({"volume": "50", "mute": "no"}, file)
        except CoachError:
            assert file.read_bytes() == data
        else:
            assert settings_file.load(file)[0].sound.volume == 0.5


def feed_wav(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "mine"
        folder.mkdir()
        (folder / "go.wav").write_bytes(data)
        sounds, problems = bank.load_theme("mine", [folder.parent, ROOT / "sounds"])
        assert set(sounds) == set(bank.SOUND_NAMES)
        assert len(sounds["go"]) <= (bank.MAX_SECONDS + 1) * bank.RATE
        assert problems or len(sounds["go"]) * 2 <= 8 * len(data)


def feed_database(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "history.db"
        file.write_bytes(data)
        told: list[str] = []
        try:
            connection = open_database(file, tell=told.append, busy_s=0.1)
        except (CoachError, sqlite3.Error):  # what it may raise; the file must be as it was
            assert file.read_bytes() == data
            return
        try:
            if told:  # set aside, whole, and a new one begun
                assert data in [each.read_bytes() for each in Path(name).iterdir()]
                assert connection.execute("SELECT count(*) FROM session").fetchone() == (0,)
        finally:
            connection.close()


def feed_backup(data: bytes) -> None:
    """Import a back-up, and tell what is in it then; a second time it changes nothing."""
    try:
        records = list(backup.read_export(io.BytesIO(data), "fuzz"))
    except CoachError as error:
        assert_clean([Problem("fuzz", 0, 0, str(error))])
        return
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "history.db"
        merge(records, file)
        past = reader.read(reader.sessions, file)
        assert len(past) == len(records)
        told = overview(past, past, TODAY, 80)
        assert told
        merge(records, file)
        assert overview(reader.read(reader.sessions, file), past, TODAY, 80) == told


def feed_protocol(data: bytes) -> None:
    """Feed the sound process, a line at a time; the device goes on asking."""
    rig = Rig()
    rig.open()
    rig.run(600)
    for line in data.split(b"\n")[:200]:
        rig.host.take(line)
        assert len(rig.device.source.fill(PERIOD)) == 2 * PERIOD
    for message in rig.said:
        assert protocol.unpack(protocol.pack(message)) == message


def feed_answers(data: bytes) -> None:
    """Feed the session's side with what a sound process might say."""
    events: list[object] = []
    player = Player(SoundSettings(), output="null", on_event=events.append)
    player.plan(0, [(at, "tick") for at in range(10)])
    for line in data.split(b"\n")[:200]:
        if message := protocol.unpack(line):
            player._hear(message)


def _database() -> bytes:
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "history.db"
        connection = open_database(file)
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.close()
        sqlite3.connect(file).close()
        return file.read_bytes()


def _backup() -> bytes:
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "history.db"
        source = {"role": "routine", "name": "legs", "id": "legs", "file": "legs.yaml", "text": b"name: Legs\n"}
        fill(
            session(1, sources=[source], note='a "note"', feeling="easy", seed=7),
            session(2, visits=[visit(), visit("Squat", interval=1, reps=8)], complete=0, ended_at=None, filed=1),
            file=file,
        )
        return reader.read(lambda connection: b"".join(backup.export_lines(connection)), file)


_SHIPPED = tuple(each.read_bytes() for each in sorted((ROOT / "routines").glob("*.yaml")))
_FIGURES = tuple(each.read_bytes() for each in sorted((ROOT / "routines" / "figures").glob("*.yaml")))
_EXERCISES = tuple(each.read_bytes() for each in sorted((ROOT / "routines" / "exercises").glob("*.yaml")))
_WORDS = (
    *(
        b"- ",
        b": ",
        b"\n",
        b"  ",
        b"\t",
        b"[",
        b"]",
        b"{",
        b"}",
        b"&a ",
        b"*a",
        b"<<: *a\n",
        b"!!python/name:os ",
        b"|\n",
    ),
    *(
        b">-\n",
        b"'",
        b'"',
        b"#",
        b" #3",
        b"---\n",
        b"...\n",
        b"%YAML 1.1\n",
        b"? ",
        b"\\x1b",
        b"\\ud800",
        b"\r",
        b"\r\n",
    ),
    *(
        b"\x00",
        b"\x1b",
        b"\xc2\x9b",
        b"\xe2\x80\xae",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"999999",
        b"0",
        b"-1",
        b"1:30",
        b"24h",
    ),
    *(
        b"reps: ",
        b"time: ",
        b"rounds: ",
        b"steps:\n",
        b"sets: 9999\n",
        b"every: 60s\n",
        b"until: done\n",
        b"max",
        b"sides: each",
    ),
    *(
        b"exercise: ",
        b"routine: ",
        b"block:",
        b"rest: ",
        b"wait: ",
        b"cue: {1s: x}",
        b"phases: [1s a]",
        b"shuffle: true\n",
    ),
)
_LINE = (
    *(
        b"x",
        b"8x(",
        b")",
        b"(",
        b",",
        b"/side ",
        b"@3-1-1-0",
        b"@",
        b": cue",
        b'"',
        b"max ",
        b"rest ",
        b"wait ",
        b"30s ",
        b"12 ",
    ),
    b"400m ",
    b"1:30 ",
    b"\n",
    b"\x1b",
    b"\xe2\x80\x8b",
    b"999999x",
    b"0",
    b"amrap",
    b"every 60s ",
)
_JSON = (
    *(
        b"{",
        b"}",
        b"[",
        b"]",
        b'"',
        b",",
        b":",
        b"null",
        b"true",
        b"1e999",
        b"-1",
        b"NaN",
        b"Infinity",
        b"9" * 400,
        b"\n",
    ),
    b'"plan"',
    b'"open"',
    b'"signals"',
    b'"say:"',
    b'"\\ud800"',
    b'"\\u0000"',
    b"1e12",
    b"0.5",
    b'"go"',
    b"[[0,",
)
_CHUNKS = (
    b"RIFF",
    b"WAVE",
    b"fmt ",
    b"data",
    b"LIST",
    b"\xff\xff\xff\xff",
    b"\x00\x00\x00\x00",
    b"\x01\x00",
    b"\xfe\xff",
    b"\x00\x00\x00\x80",
    b"\x08\x00",
    b"\x18\x00",
    b"\x03\x00",
)
_PAGES = (b"SQLite format 3\x00", b"\x00" * 100, b"\xff" * 100, b"CREATE TABLE", b"session", b"\x0d", b"\x05")
_ROWS = (
    *_JSON,
    b'"session":',
    b'"visits":[]',
    b'"sources":[]',
    b'"seen_at":"9999-12-31T23:59:59.999Z"',
    b'"offset_minutes":-900',
    b'"planned_ms":null',
    b'"reps":99999999999',
    b'"number":1',
    b"\\u001b[2J",
)
_QUICK = (
    *(b"8x(20s high knees, 10s rest)", b"3x12 squat @3-1-1-0", b"3x30s/side plank: elbows in", b"max push-ups"),
    b"(CellRun 200 m, 12 thrusters), 90s rest Walk, wait put the band on",
)
_COMMANDS = (
    b'{"plan":1,"origin_ns":10600000000,"rate":1.0,"signals":[[0,"go"],[500,"tick"],[900,"say:Lunge"]]}\n'
    b'{"volume":0.5}\n{"mute":true}\n{"play":"go"}\n{"clear":2}\n{"quit":1,"drain_ms":100}'
)
_ANSWERS = (
    b'{"hello":1,"clock_ns":5}\n{"ready":{"output":"null","device":"x","lead_ms":120,"problems":["a"],"why":"b"}}\n'
    b'{"begun":[1,0],"late_us":0}\n{"trouble":"words","final":true}'
)

_FOREIGN = (
    *(
        b'"length": ',
        b"1e308",
        b"-1",
        b"null",
        b"true",
        b'"',
        b"[",
        b"{",
        b"}",
        b"]",
        b"0.0001",
        b"999999999999",
        b'"HALT"',
    ),
    *(b"<", b"/>", b"&amp;", b"<SteadyState Duration=", b"<!ENTITY a 'b'>", b"timeoffset='5'", b"Power='1'", b"<n>"),
    *(b"\n\n", b"- ", b"5x\n", b"10m", b"60^", b"1km", b"press lap", b"ramp ", b"-", b"%", b"Z9", b":", b", 10s rest"),
)
TARGETS = {
    **{f"import {name}": Target(feed_foreign, _FOREIGN, (sample,)) for name, sample in SAMPLES.items()},
    "routine": Target(feed_routine, _WORDS, _SHIPPED),
    "figure": Target(feed_figure, _WORDS, _FIGURES),
    "exercise": Target(feed_exercise, _WORDS, _EXERCISES),
    "quick": Target(feed_quick, _LINE, _QUICK),
    "settings": Target(
        feed_settings,
        _WORDS,
        (
            b"volume: 80 # loud\nmute: no\nsounds: soft\n",
            b"on:\n  start: [a, pause]\n  work: [sh, -c, 'a \"b\"']\n  rest:\n    - c\nkeys: {session.pause: p}\n",
        ),
    ),
    "wav": Target(feed_wav, _CHUNKS, ((ROOT / "sounds" / "classic" / "tick.wav").read_bytes(),)),
    "database": Target(feed_database, _PAGES, (_database(),)),
    "backup": Target(feed_backup, _ROWS, (_backup(),)),
    "protocol": Target(feed_protocol, _JSON, (_COMMANDS,)),
    "answers": Target(feed_answers, _JSON, (_ANSWERS,)),
}
