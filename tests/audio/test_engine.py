"""The engine: which signals of which plan begin, at which frame, and which never do."""

import random
from array import array

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.audio.engine import Engine
from coach.audio.protocol import Plan, Started

RATE = 48_000
PERIOD = 1920
MS = 1_000_000
HEARD_AFTER_MS = 80
SOUNDS = {name: array("h", [8000] * 480) for name in ("go", "count", "tick", "finish")}


class Rig:
    """An engine and a perfect device; time passes only on request."""

    def __init__(self, *, latency_ms=0, jitter_ms=0.0):
        self.engine = Engine(SOUNDS, RATE, HEARD_AFTER_MS * MS, latency_ms * MS)
        self.now = 5_000 * MS
        self.blocks = []
        self.begun = []
        self._chance = random.Random(3)
        self._jitter_ms = jitter_ms
        self.first_clock = self.now
        self.run(500)

    def run(self, ms):
        for _ in range(ms // 40):
            jitter = round(self._chance.uniform(-self._jitter_ms, self._jitter_ms) * MS)
            self.blocks.append(bytes(self.engine.fill(PERIOD, self.now + jitter)))
            self.begun += self.engine.started
            self.engine.started.clear()
            self.now += 40 * MS

    def plan(self, number, origin_ns, *signals, rate=1.0):
        self.engine.plan(Plan(number, origin_ns, signals, rate))

    def heard_ms(self, origin_ns):
        """Return when sounds begin to be heard, in ms after the origin."""
        samples = array("h", b"".join(self.blocks))
        firsts = [at for at, value in enumerate(samples) if value and (at == 0 or not samples[at - 1])]
        return [(self.first_clock - origin_ns) / MS + at * 1000 / RATE + HEARD_AFTER_MS for at in firsts]


def test_signals_are_heard_at_their_moments():
    rig = Rig()
    origin = rig.now + 150 * MS
    rig.plan(1, origin, (0, "go"), (500, "count"), (777, "tick"), (1000, "finish"))
    rig.run(1500)
    assert rig.heard_ms(origin) == pytest.approx([0, 500, 777, 1000], abs=0.03)
    assert rig.begun == [Started(1, index, 0) for index in range(4)]


def test_jitter_of_the_device_does_not_move_sounds_against_each_other():
    rig = Rig(jitter_ms=0.2)
    origin = rig.now + 150 * MS
    rig.plan(1, origin, *[(at * 500, "tick") for at in range(40)])
    rig.run(21_000)
    off = [heard - at * 500 for at, heard in enumerate(rig.heard_ms(origin))]
    assert len(off) == 40
    assert max(off) - min(off) < 0.1


def test_latency_makes_everything_leave_earlier_and_rate_sooner():
    rig = Rig(latency_ms=60)
    origin = rig.now + 250 * MS
    rig.plan(1, origin, (0, "go"), (1000, "count"), rate=2.0)
    rig.run(1200)
    assert rig.heard_ms(origin) == pytest.approx([-60, 440], abs=0.03)


def test_a_plan_replaces_all_that_has_not_begun():
    rig = Rig()
    origin = rig.now + 150 * MS
    rig.plan(1, origin, (0, "go"), (1000, "count"))
    rig.run(520)
    rig.plan(2, origin, (1500, "tick"))
    rig.run(2000)
    assert rig.heard_ms(origin) == pytest.approx([0, 1500], abs=0.03)
    assert rig.begun == [Started(1, 0, 0), Started(2, 0, 0)]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 20), max_size=20))
def test_a_plan_sent_again_and_again_is_heard_once(pauses):
    rig = Rig()
    origin = rig.now + 150 * MS
    signals = [(at * 250, "go" if at % 4 == 0 else "tick") for at in range(12)]
    rig.plan(1, origin, *signals)
    for number, blocks in enumerate(pauses, 2):
        rig.run(blocks * 40)
        rig.plan(number, origin, *signals)
    rig.run(4000)
    assert rig.heard_ms(origin) == pytest.approx([at for at, _ in signals], abs=0.03)


@pytest.mark.parametrize(
    ("late_ms", "sound", "is_heard"),
    [(200, "go", True), (240, "go", True), (300, "go", False), (200, "tick", False), (40, "count", False)],
)
def test_what_is_past_is_dropped_unless_a_start_sound_just_missed(late_ms, sound, is_heard):
    rig = Rig()
    # The next frame to be given is heard this long from now.
    soonest = rig.now + HEARD_AFTER_MS * MS
    rig.plan(1, soonest - late_ms * MS, (0, sound), (1000, "finish"))
    rig.run(1500)
    assert [started.index for started in rig.begun] == ([0, 1] if is_heard else [1])
    if is_heard:
        assert rig.begun[0].late_us == pytest.approx(late_ms * 1000, abs=50)


def test_clear_forgets_and_a_new_origin_begins_anew():
    rig = Rig()
    origin = rig.now + 150 * MS
    rig.plan(1, origin, (0, "go"), (500, "count"))
    rig.run(240)
    rig.engine.clear()
    rig.run(2000)
    later = rig.now + 150 * MS
    rig.plan(2, later, (0, "go"), (500, "count"))
    rig.run(1000)
    assert rig.heard_ms(later)[-2:] == pytest.approx([0, 500], abs=0.03)
    assert [(laid.plan, laid.index) for laid in rig.begun] == [(1, 0), (2, 0), (2, 1)]


def test_entries_nobody_knows_say_nothing_and_keep_the_others_places():
    rig = Rig()
    rig.plan(1, rig.now + 150 * MS, None, (0, "speech of tomorrow"), (10, "go"))
    rig.run(600)
    assert rig.begun == [Started(1, 2, 0)]


def test_a_phrase_that_is_made_is_heard_on_its_moment_and_one_that_is_not_is_left_out():
    rig = Rig()
    made = {"Lunge": array("h", [8000] * 480)}
    rig.engine.phrase = made.get
    origin = rig.now + 150 * MS
    rig.plan(1, origin, (0, "go"), (500, "say:Lunge"), (1000, "say:late"), (1500, "tick"))
    rig.run(1200)
    made["late"] = made["Lunge"]
    rig.run(1000)
    assert rig.heard_ms(origin) == pytest.approx([0, 500, 1500], abs=0.03)
    assert [started.index for started in rig.begun] == [0, 1, 3]


def test_without_a_voice_phrases_are_nothing():
    rig = Rig()
    rig.plan(1, rig.now + 150 * MS, (0, "say:Lunge"), (10, "go"))
    rig.run(600)
    assert rig.begun == [Started(1, 1, 0)]


def test_nothing_begins_before_the_device_is_steady():
    engine = Engine(SOUNDS, RATE, HEARD_AFTER_MS * MS)
    engine.plan(Plan(1, 0, ((0, "go"), (200, "go"), (2400, "go"))))
    assert not any(engine.fill(PERIOD, 0))
    for count in range(1, 30):
        engine.fill(PERIOD, 1800 * MS + count * 40 * MS)
    assert [started.index for started in engine.started] == [2]


def test_play_sounds_at_once_and_unknown_names_are_nothing():
    rig = Rig()
    rig.engine.play("go")
    rig.engine.play("gong")
    assert any(rig.engine.fill(PERIOD, rig.now))
    assert rig.engine.started == []


def test_after_a_gap_the_plan_continues_by_the_clock():
    rig = Rig()
    origin = rig.now + 150 * MS
    rig.plan(1, origin, *[(at * 1000, "tick") for at in range(10)])
    rig.run(4400)
    rig.now += 300 * MS
    rig.run(7000)
    # The frames of the gap were played late; the sounds after it are on their moments all the same.
    heard = rig.heard_ms(origin)
    assert heard[:5] == pytest.approx([0, 1000, 2000, 3000, 4000], abs=0.03)
    assert [at + 300 for at in heard[5:]] == pytest.approx([5000, 6000, 7000, 8000, 9000], abs=0.5)
