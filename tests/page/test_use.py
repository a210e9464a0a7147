"""A page as a person uses it, in a browser: sound, keys, wet hands, small screens, interruptions, the way home."""

import json
import re
from functools import cache

import numpy as np
import pytest

from coach.cli.shared import open_library, unroll
from coach.cli.web import PageMaker
from coach.routine.language.reader import read_routine
from coach.settings import Settings
from coach.timeline.schedule import scheduled
from coach.timeline.speech import Say
from tests.page.chromium import PHONE, made, opened

RATE = 48_000
HOSTILE = "</script><img src=x onerror=alert(1)>"
SHORT = """\
name: Short
summary: Two kinds of work.
prepare: 5s
steps:
  - exercise: Lunge
    reps: 2
    sides: each
    phases: [2s Step back, 1s Down, 2s Up]
  - exercise: Squat
    reps: 8
    load: 20 kg
  - rest: 10s
  - exercise: Plank
    time: 30s
"""


@pytest.fixture(scope="module")
def page_of(tmp_path_factory):
    """Write the page of a routine's text, and return its file."""
    maker = PageMaker(open_library(), Settings())

    @cache
    def write(text):
        file = tmp_path_factory.mktemp("page") / "tried.html"
        file.write_text(maker.page(read_routine(text, "tried.yaml", "tried").value), encoding="utf-8")
        return file

    return write


@pytest.fixture(scope="module")
def legs(tmp_path_factory):
    """The page of a shipped routine, and its timeline."""
    return made(tmp_path_factory.mktemp("page"), "runner-legs")


def begun(page, file):
    opened(page, file)
    page.click("#go")
    return page


def session(page):
    return page.evaluate("(({mode, index, locked}) => ({mode, index, locked}))(coach.session())")


RENDER = """async ([plans, seconds, rate, find]) => {
    const context = new OfflineAudioContext(1, seconds * rate, rate);
    const speaker = new coach.Speaker(await coach.unpackedSounds(coach.content.sounds), 1);
    speaker.context = context;
    speaker.gain = context.createGain();
    speaker.gain.connect(context.destination);
    speaker.buffers = coach.buffersFor(context, speaker.samples);
    for (const plan of plans) speaker.lay(plan, 0);
    const samples = (await context.startRendering()).getChannelData(0);
    if (!find) return Array.from(samples, value => Math.round(value * 32767));
    const onsets = [];
    let heard = -rate;
    samples.forEach((value, at) => {
        if (Math.round(value * 32767) === 0) return;
        if (at - heard > rate / 50) onsets.push(at);
        heard = at;
    });
    return onsets;
}"""
"""Lets the page's own speaker lay out plans, one in place of the other; returns samples, or where sounds begin.

A sound begins at the first sample after a silence of twenty milliseconds.
"""


def rendered(page, plans, seconds):
    """Return the samples of what is heard of plans in so many seconds."""
    return np.array(page.evaluate(RENDER, [plans, seconds, RATE, False]))


def onsets(page, plan, seconds):
    """Return the samples at which the sounds of a plan begin."""
    return page.evaluate(RENDER, [[plan], seconds, RATE, True])


def test_the_start_shows_what_is_ahead_and_how_long_it_takes(phone, page_of):
    opened(phone, page_of(SHORT))
    assert phone.inner_text("#name") == "Short"
    rows = phone.locator("#outline li").all_inner_texts()
    assert [row.split("\n")[0] for row in rows] == ["Get ready", "Lunge", "Squat", "Rest", "Plank"]
    assert rows[-1].endswith("0:30")


def test_every_sound_of_the_session_is_in_the_page(phone, legs):
    opened(phone, legs[0])
    missing = phone.evaluate(
        """() => {
            const {intervals} = coach.newSession(coach.content);
            const heard = one => coach.signalsOf(one, true, coach.content.sound, 0, 600000).map(([, name]) => name);
            return intervals.flatMap(heard).filter(name => !coach.content.sounds[name]);
        }"""
    )
    assert missing == []


def test_each_sound_is_on_its_sample(phone, legs):
    file, timeline = legs
    opened(phone, file)
    plan = phone.evaluate(
        """() => {
            const state = coach.step(coach.newSession(coach.content), {type: "start"}, 0);
            return coach.soundsAhead(state, coach.content.sound, 0, 60000);
        }"""
    )
    expected = [
        (at, entry.sound) for at, entry in scheduled(timeline, Settings().sound, 0) if not isinstance(entry, Say)
    ]
    assert [tuple(one) for one in plan] == [one for one in expected if one[0] < 60_000]
    # One at a time, since a sound that rings hides where the next begins.
    kept = [one for one, before in zip(plan[1:], plan, strict=False) if one[0] - before[0] >= 1500][:20]
    assert len(kept) >= 5
    alone = onsets(phone, [[0, name] for _, name in kept[:1]], 2)[0]
    heard = onsets(phone, kept, 61)
    starts = [at for at in heard if any(abs(at - one[0] * RATE / 1000) < RATE // 50 for one in kept)]
    assert len(starts) == len(kept)
    assert max(abs(at - alone - one[0] * RATE / 1000) for at, one in zip(starts, kept, strict=True)) <= 2


def test_sounds_that_are_laid_out_anew_leave_nothing_of_the_old(phone, legs):
    file, _ = legs
    opened(phone, file)
    old, new = [[500, "go"], [1500, "rest"]], [[1000, "count"]]
    assert np.array_equal(rendered(phone, [old, new], 3), rendered(phone, [new], 3))
    assert not rendered(phone, [old, []], 3).any()


def test_pause_next_back_and_undo_by_taps_and_keys(phone, page_of):
    begun(phone, page_of(SHORT))
    assert session(phone) == {"mode": "running", "index": 0, "locked": False}
    for how, mode, index in (
        ("tap next", "running", 1),
        ("tap pause", "paused", 1),
        ("key n", "paused", 2),
        ("key b", "paused", 1),
        ("key u", "paused", 2),
        ("key Space", "running", 2),
        ("key PageDown", "running", 3),
        ("key l", "running", 3),
        ("key n", "running", 3),
        ("key l", "running", 3),
        ("key N", "running", 4),
    ):
        kind, _, what = how.partition(" ")
        if kind == "tap":
            phone.click(f"[data-do={what}]")
            phone.evaluate("document.activeElement.blur()")
        else:
            phone.keyboard.press(what)
        assert (session(phone)["mode"], session(phone)["index"]) == (mode, index), how


def test_a_pause_takes_back_every_sound_that_has_not_begun(phone, page_of):
    ahead = "coach.speaker().nodes.filter(({at}) => at > coach.speaker().context.currentTime).length"
    begun(phone, page_of(SHORT))
    assert phone.evaluate(ahead) > 0
    phone.click("[data-do=pause]")
    assert phone.evaluate(ahead) == 0
    phone.click("[data-do=pause]")
    assert phone.evaluate(ahead) > 0


def test_wet_hands_reach_nothing_until_the_lock_is_held(phone, page_of):
    begun(phone, page_of(SHORT))
    phone.click("[data-do=lock]")
    phone.mouse.click(60, 700)
    phone.locator("#unlock").click()
    assert session(phone) == {"mode": "running", "index": 0, "locked": True}
    box = phone.locator("#unlock").bounding_box()
    phone.mouse.move(box["x"] + 20, box["y"] + 20)
    phone.mouse.down()
    phone.wait_for_selector("#locked", state="hidden")
    phone.mouse.up()
    assert session(phone)["locked"] is False


def test_a_session_ends_only_after_a_question_and_shows_what_was_done(phone, page_of):
    begun(phone, page_of(SHORT))
    phone.keyboard.press("q")
    phone.click("#ask-no")
    assert session(phone)["mode"] == "running"
    phone.keyboard.press("q")
    phone.click("#ask-yes")
    phone.wait_for_selector("#over:not([hidden])")
    assert phone.inner_text("#over-time").startswith("Stopped at ")


def test_an_end_can_be_undone(phone, page_of):
    begun(phone, page_of(SHORT))
    phone.click("[data-do=next]")
    phone.keyboard.press("q")
    phone.click("#ask-yes")
    phone.click("#over:not([inert]) #over-undo")
    phone.wait_for_selector("#session:not([hidden])")
    found = session(phone)
    assert (found["mode"] in ("running", "count_in"), found["index"]) == (True, 1)
    assert phone.evaluate("coach.session().visits.length") == 1


def test_what_was_done_is_imported_by_the_history(phone, page_of, coach, tmp_path):
    begun(phone, page_of(SHORT))
    for _ in range(4):
        phone.click("[data-do=next]")
    phone.click("[data-do=done]")
    phone.click("[data-do=next]")
    phone.click("[data-do=next]")
    phone.wait_for_selector("#over:not([hidden]):not([inert])")
    assert "Squat: " in phone.inner_text("#over-rows")
    judged = phone.inner_text("#over-time")
    with phone.expect_download() as saved:
        phone.click("#save")
    file = tmp_path / "done.jsonl"
    saved.value.save_as(file)
    assert coach("history", "import", str(file)) == (0, "", "1 session added.\n")
    (found,) = json.loads(coach("history", "--json")[1])["sessions"]
    assert (found["name"], found["state"]) == ("Short", "stopped")
    assert judged.startswith(f"Stopped at {found['done_percent']} %: ")
    record = json.loads(file.read_text().splitlines()[-1])
    assert [visit["reps"] for visit in record["visits"] if visit["title"] == "Squat"] == [8]
    assert coach("history", "import", str(file))[0] == 0
    assert len(json.loads(coach("history", "--json")[1])["sessions"]) == 1


@pytest.mark.parametrize(
    ("visits", "lines"),
    [
        ([(1, 10_000, "clock"), (3, 10_000, "clock"), (4, 20_999, "done"), (6, 30_000, "clock")],
         ["Finished: 1:10", "Lunge: 4 reps, 0:20", "Squat: 8 reps, 0:20", "Plank: 0:30"]),
        ([(0, 200, "next"), (1, 0, "next"), (3, 0, "next"), (4, 0, "next"), (5, 0, "next"), (6, 0, "next")],
         ["Stopped at 0 %: 0:00", "Lunge: 0:00", "Squat: 0:00", "Plank: 0:00"]),
        # Repeated is not done twice, and nobody does eight squats in a second.
        ([(1, 10_000, "clock"), (1, 10_000, "clock"), (4, 1_000, "done"), (6, 15_000, "next")],
         ["Stopped at 31 %: 0:36", "Lunge: 2 reps, 0:20", "Squat: 0:01", "Plank: 0:15"]),
    ],
)  # fmt: skip
def test_the_summary_says_what_was_done(phone, page_of, visits, lines):
    opened(phone, page_of(SHORT))
    said = phone.evaluate(
        """(visits) => {
            let at = 0;
            const made = visits.map(([index, ms, ending]) => {
                const entered = at;
                at += ms;
                return { index, entered, left: at, paused: 0, ending, reps: null, rounds: 0, rest: false };
            });
            const state = { ...coach.newSession(coach.content), visits: made, since: at, complete: true };
            return coach.summaryText(coach.content, state, { id: "", started: 0, offset: 0 });
        }""",
        visits,
    )
    assert said.splitlines()[1:] == lines


def test_a_pause_is_never_longer_than_its_visit_in_the_file(phone, page_of, coach, tmp_path):
    begun(phone, page_of(SHORT))
    lines = phone.evaluate(
        """() => {
            const now = coach.session();
            const visit = { index: 1, entered: now.began + 0.5, left: now.began + 67.4, paused: 66.9, ending: "next",
                reps: null, rounds: 0, rest: false };
            const meta = { id: "0".repeat(32), started: Date.now(), offset: 0 };
            return coach.exportLines(coach.content, { ...now, visits: [visit], since: now.began + 67.4 }, meta);
        }"""
    )
    (visit,) = json.loads(lines.splitlines()[-1])["visits"]
    assert (visit["active_ms"], visit["paused_ms"]) == (0, 66)
    file = tmp_path / "paused.jsonl"
    file.write_text(lines, encoding="utf-8")
    assert coach("history", "import", str(file)) == (0, "", "1 session added.\n")


def test_a_session_that_was_cut_off_is_offered_again(phone, page_of):
    file = page_of(SHORT)
    begun(phone, file)
    phone.click("[data-do=next]")
    phone.click("[data-do=next]")
    phone.click("[data-do=pause]")
    phone.on("dialog", lambda dialog: dialog.accept())
    opened(phone, file)
    assert "You stopped just now" in phone.inner_text("#again-text")
    phone.click("#again-go")
    assert session(phone) == {"mode": "paused", "index": 2, "locked": False}
    phone.keyboard.press("q")
    phone.click("#ask-yes")
    phone.wait_for_selector("#over:not([hidden])")
    opened(phone, file)
    assert phone.locator("#again").is_hidden()
    assert "Short" in phone.inner_text("#last-text")


def test_without_sound_it_says_so_and_keeps_time(phone, page_of):
    phone.add_init_script("delete window.AudioContext; delete window.webkitAudioContext;")
    begun(phone, page_of(SHORT))
    assert phone.inner_text("#badges").startswith("This browser plays no sound.")
    phone.click("[data-do=next]")
    assert session(phone)["index"] == 1


def test_the_screen_is_kept_on_and_asked_for_again(phone, page_of):
    phone.add_init_script(
        """window.asked = 0;
        Object.defineProperty(navigator, "wakeLock", {value: {request: async () => {
            window.asked += 1;
            if (window.asked === 2) throw new Error("not now");
            return {release: async () => {}};
        }}});"""
    )
    begun(phone, page_of(SHORT))
    assert phone.evaluate("asked") == 1
    phone.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    phone.wait_for_selector("#badges:has-text('The screen may turn off')")
    phone.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    phone.wait_for_selector("#badges:not(:has-text('The screen may turn off'))", state="attached")
    assert phone.evaluate("asked") == 3


def test_names_that_are_markup_are_text(phone, page_of):
    head = "".join(f"{key}: '{HOSTILE}'\n" for key in ("name", "summary", "notice"))
    text = f"{head}steps:\n  - exercise: '{HOSTILE}'\n    time: 20s\n    cue: '{HOSTILE}'\n"
    dialogs = []
    phone.on("dialog", lambda dialog: dialogs.append(dialog.message))
    begun(phone, page_of(text))
    phone.click("[data-do=next]")
    assert phone.inner_text("#title") == HOSTILE
    assert phone.inner_text("#cue") == HOSTILE
    assert phone.locator("img").count() == 0
    assert dialogs == []


@pytest.mark.parametrize(("width", "height", "font"), [(320, 640, 16), (320, 640, 32), (844, 390, 16), (1280, 800, 16)])
def test_nothing_is_cut_on_small_screens_and_with_large_letters(chromium, legs, width, height, font):
    file, _ = legs
    context = chromium.new_context(viewport={"width": width, "height": height})
    page = begun(context.new_page(), file)
    page.evaluate(f"document.documentElement.style.fontSize = '{font}px'")
    for place in range(4):
        cut = page.evaluate(
            """() => [...document.querySelectorAll("#session *, header *")]
                .filter(one => one.checkVisibility() && one.textContent.trim() && !one.closest("svg"))
                .filter(one => {
                    const box = one.getBoundingClientRect();
                    const spills = one.clientWidth && one.scrollWidth > one.clientWidth + 1;
                    return spills || box.left < -1 || box.right > innerWidth + 1;
                })
                .map(one => one.id || one.textContent)"""
        )
        assert cut == [], (place, width, font)
        page.evaluate("document.querySelector('[data-do=next]').click()")
    context.close()


def test_a_screen_reader_hears_of_intervals_and_phases_only(chromium, page_of):
    context = chromium.new_context(viewport=PHONE)
    page = context.new_page()
    page.clock.install()
    file = page_of(SHORT)
    page.goto(file.as_uri())
    page.clock.run_for(500)
    page.wait_for_selector("html[data-ready=true]", state="attached")
    page.evaluate(
        """() => { window.lines = [];
            new MutationObserver(() => lines.push(document.getElementById("live").textContent))
                .observe(document.getElementById("live"), {childList: true, characterData: true, subtree: true}); }"""
    )
    page.click("#go")
    page.clock.run_for(42_000)
    lines = page.evaluate("lines")
    timeline = unroll(open_library(), read_routine(SHORT, "tried.yaml", "tried").value)
    passed = [interval for index, interval in enumerate(timeline.intervals) if timeline.starts[index] <= 42_000]
    assert 5 <= len(lines) <= sum(max(1, len(interval.phases)) for interval in passed)
    assert not any(re.fullmatch(r"[0-9:]+", line) for line in lines)
    assert page.get_attribute("#digits", "role") == "timer"
    assert page.get_attribute("#digits", "aria-live") == "off"
    context.close()


def test_with_reduced_motion_the_figure_steps_from_pose_to_pose(chromium, legs):
    file, _ = legs
    context = chromium.new_context(viewport=PHONE, reduced_motion="reduce")
    page = opened(context.new_page(), file)
    pictures = page.evaluate(
        """() => {
            const state = {...coach.newSession(coach.content), mode: "running", index: 1};
            const seen = new Set();
            for (let at = 0; at < 12000; at += 50) {
                coach.figure().show(state, at, true);
                seen.add(coach.figure().drawn);
            }
            return seen.size;
        }"""
    )
    assert 2 <= pictures <= 8
    context.close()
