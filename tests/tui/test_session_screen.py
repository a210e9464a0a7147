"""What a session's screen shows, when, and what it survives."""

from __future__ import annotations

import threading

import pytest
from textual.color import Color

from coach.audio.protocol import Ready, Trouble
from coach.routine.model import Dose, Time, Wait, Work
from coach.session.runner import START_WITHOUT_SOUND_MS
from coach.settings import OWN_THEMES, Settings, SoundSettings
from coach.tui.screens.session import next_frame_ms
from coach.tui.screens.summary import QUIET_S
from coach.tui.themes import contrast
from coach.tui.widgets.stage import Stage
from tests.builders import compiled, counted, rest, timed, until
from tests.tui.rig import running, session


async def test_it_walks_through_a_lunge_phase_by_phase():
    async with session(Work("lunge"), size=(100, 30)) as rig:
        assert "WORK" in rig.text
        assert "Lunge, left" in rig.text
        assert "rep 1 of 2   set 1 of 2" in rig.text
        assert "1 Stand  2 Reach" in rig.text
        await rig.advance(2000)
        assert "1 Stand  2 Reach" in rig.text
        await rig.advance(3000)
        assert "rep 2 of 2" in rig.text
        assert "Next  Switch sides 0:05, then Lunge, right, 2 reps" in rig.text


async def test_what_comes_next_is_large_in_a_rest():
    async with session(timed("Plank", 20), rest(20), timed("Squat", 40), size=(60, 20)) as rig:
        await rig.press("n")
        assert "REST" in rig.text
        assert rig.scene.headline == "Squat"
        assert "0:40" in rig.session.query_one(Stage).text


async def test_a_session_without_sound_starts_after_a_while():
    async with running(compiled(timed("Plank", 30), prepare_ms=0)) as rig:
        assert "starting" in rig.text
        await rig.advance(START_WITHOUT_SOUND_MS - 100)
        assert rig.state.mode == "ready"
        await rig.advance(200)
        assert rig.state.mode == "running"
        assert "starting" not in rig.text


async def test_the_player_speaks_from_a_thread_of_its_own():
    async with running(compiled(timed("Plank", 30), prepare_ms=0)) as rig:
        thread = threading.Thread(target=rig.player.tell, args=(Trouble("No sound card."),))
        thread.start()
        thread.join()
        await rig.pilot.pause()
        assert "No sound: No sound card." in rig.text
        rig.player.tell(Ready("null", "nothing", 0))
        await rig.pilot.pause()
        assert "NO SOUND" not in rig.text


async def test_the_bell_and_a_flash_stand_in_for_the_sound(monkeypatch):
    monkeypatch.setattr("coach.tui.screens.session.FLASH_S", 60.0)
    async with running(compiled(timed("Bear crawl", 30), prepare_ms=0)) as rig:
        rung = []
        monkeypatch.setattr(rig.app, "bell", lambda: rung.append(rig.session.runner.now_ms))
        rig.player.tell(Trouble("No sound card."))
        await rig.pilot.pause()
        assert len(rung) == 1
        assert rig.scene.flash
        assert rig.app.theme_variables["coach-alert"] in grounds(rig)
        blank = rig.session.query_one(Stage).render_line(1)
        assert {segment.style.bgcolor.name for segment in blank} == {rig.app.theme_variables["coach-alert"]}
        rig.session.end_flash()
        assert not rig.scene.flash
        assert rig.app.theme_variables["coach-alert"] not in grounds(rig)
        await rig.advance(27_000)
        assert len(rung) == 2


def grounds(rig):
    """Return the colours that lie under the picture."""
    stage = rig.session.query_one(Stage)
    found = {segment.style.bgcolor.name for y in range(stage.size.height) for segment in stage.render_line(y)}
    return {each.casefold() for each in found}


async def test_each_kind_has_its_own_ground_all_over(monkeypatch):
    monkeypatch.setenv("COLORTERM", "truecolor")
    seen = {}
    async with session(timed("Plank", 30), rest(20), Wait("Band on"), timed("Squat", 40), prepare_ms=10_000) as rig:
        for _ in range(5):
            seen[rig.scene.tone] = grounds(rig)
            await rig.press("n")
        bands = {tone: rig.app.theme_variables[f"coach-{tone}"] for tone in seen}
    assert {*seen} == {"prepare", "work", "rest", "wait"}
    for tone, found in seen.items():
        assert bands[tone] in found
        assert len(found - set().union(*(each for other, each in seen.items() if other != tone))) >= 1, tone


async def test_a_note_stands_below_what_comes_next_all_the_time():
    work = (timed("Plank", 30), rest(20), timed("Squat", 40, note="Band above the knees"))
    async with session(*work, size=(80, 24)) as rig:
        await rig.press("n")
        stage = rig.session.query_one(Stage)
        for _ in range(2):
            assert rig.scene.headline == "Squat"
            assert "Band above the knees" in " ".join(stage.text.split())
            await rig.advance(10_000 - 1)


async def test_why_there_is_no_sound_is_said_once_and_then_marked():
    async with running(compiled(timed("Plank", 30), prepare_ms=0)) as rig:
        rig.player.tell(Trouble("No sound card."))
        await rig.pilot.pause()
        assert "No sound: No sound card." in rig.text
        rig.session._forget_notice()
        await rig.advance(1000)
        assert "No sound card." not in rig.text
        assert "NO SOUND" in rig.text


async def test_muted_from_the_start_is_shown():
    async with session(timed("Plank", 30), settings=Settings(sound=SoundSettings(mute=True))) as rig:
        assert "MUTED" in rig.text


async def test_a_rehearsal_says_so():
    async with session(timed("Plank", 30), speed=4.0) as rig:
        assert "REHEARSAL 4x" in rig.text


async def test_a_key_is_shown_when_its_sound_sounds():
    async with session(timed("Plank", 30), rest(20), timed("Squat", 40), lead_ms=120) as rig:
        await rig.press("n")
        assert "WORK" in rig.text
        await rig.advance(120)
        assert "REST" in rig.text


async def test_open_work_counts_up_and_says_how_it_ends():
    async with session(until("Banded squat", "the band slips"), timed("Plank", 30), size=(80, 30)) as rig:
        await rig.advance(65_000)
        assert rig.scene.view.digits == "1:05"
        assert "Enter when done" in rig.text
        assert "Banded squat" in rig.text


async def test_to_the_end_and_back_to_the_shell():
    async with session(timed("Plank", 30), rest(20), counted("Squat", 10)) as rig:
        await rig.advance(70_000)
        await rig.press("enter")
        assert rig.where == "SummaryScreen"
        assert "\u2713 Finished" in rig.text
        assert "0:30 of 0:30" in rig.text
        assert "10 of 10 reps" in rig.text
        await rig.press("x", "space", "n")
        assert rig.where == "SummaryScreen"
        await rig.press("enter")
    assert not rig.app.is_running
    assert rig.player.closed


@pytest.mark.parametrize("key", ["enter", "escape", "q", "ctrl+q", "ctrl+c"])
async def test_the_summary_closes(key):
    async with session(timed("Plank", 30)) as rig:
        await rig.advance(30_000)
        assert rig.where == "SummaryScreen"
        await rig.press(key)
    assert not rig.app.is_running


async def test_the_summary_scrolls_and_has_help():
    async with session(*(timed(f"Exercise {each}", 30) for each in range(30))) as rig:
        await rig.press("q", "y")
        rig.let_pass(QUIET_S)
        top = rig.text
        await rig.press("down")
        assert rig.text != top
        await rig.press("up")
        assert rig.text == top
        await rig.press("question_mark")
        assert "After a session" in rig.text
        await rig.press("escape")
        assert rig.where == "SummaryScreen"


async def test_the_end_is_shown_even_over_the_help():
    async with session(timed("Plank", 30)) as rig:
        await rig.press("question_mark")
        await rig.advance(30_000)
        assert rig.where == "SummaryScreen"


async def test_ending_before_it_began_is_harmless():
    async with running(compiled(timed("Plank", 30))) as rig:
        await rig.press("q", "y")
        assert "Stopped at " in rig.text


async def test_it_starts_at_the_given_part():
    async with running(compiled(timed("Plank", 30), timed("Squat", 40), prepare_ms=0), first_index=1) as rig:
        await rig.begin()
        assert "Squat" in rig.text
        assert rig.state.index == 1


async def test_nothing_is_drawn_while_nothing_changes():
    async with session(timed("Plank", 30)) as rig:
        drawn = []
        stage = rig.session.query_one(Stage)
        original = stage.refresh
        stage.refresh = lambda *regions, **more: drawn.append(regions) or original(*regions, **more)
        rig.session.wake()
        rig.session.wake()
        assert drawn == []
        await rig.advance(1000)
        assert len(drawn) == 1
        assert 0 < len(drawn[0]) < 20


async def test_it_sleeps_until_the_next_second():
    async with session(timed("Plank", 30)) as rig:
        await rig.advance(300)
        assert rig.session.wakes_in_s == pytest.approx(0.7, abs=0.01)
        await rig.press("space")
        assert rig.session.wakes_in_s is None


STRANGE = "[bold red]Plank[/] [@click=app.exit]x[/] \x1b[31m\x07\u202eevil\nnext"


async def test_text_from_files_is_neither_markup_nor_control():
    work = timed(STRANGE, 30, cue=STRANGE, load=STRANGE)
    async with session(work, rest(5, STRANGE), timed(STRANGE, 20), size=(200, 40)) as rig:
        for _ in range(2):
            assert "[bold red]Plank[/] [@click=app.exit]x[/] ?[31m?evil next" in rig.text
            assert not any(each in rig.text for each in "\x1b\x07\u202e")
            await rig.press("n")
        await rig.press("n")
        assert rig.where == "SummaryScreen"
        assert "[bold red]Plank[/]" in rig.text
        assert "\x1b" not in rig.text


@pytest.mark.parametrize("size", [(40, 12), (60, 15), (80, 24), (120, 30), (200, 24), (80, 60), (250, 70)])
async def test_it_fills_any_terminal(size):
    async with session(Work("lunge"), timed("Plank", 600), rest(30), timed("Squat", 40), size=size) as rig:
        for _ in range(4):
            assert len(rig.text.splitlines()) == size[1]
            assert any(one.drawing.rows >= 3 for one in rig.session.query_one(Stage).picture.letters)
            assert rig.scene.view.remaining in rig.text
            await rig.press("n")


@pytest.mark.parametrize("size", [(30, 8), (20, 5), (10, 3), (39, 30), (80, 8)])
async def test_a_tiny_terminal_gets_the_essentials_as_text(size):
    async with session(timed("Plank", 30), size=size) as rig:
        assert rig.session.query_one(Stage).picture.letters == ()
        assert "WORK" in rig.text
        assert "30" in rig.text


async def test_it_follows_a_terminal_that_is_resized():
    async with session(timed("Plank", 30)) as rig:
        await rig.pilot.resize_terminal(120, 40)
        await rig.pilot.pause()
        large = rig.text
        assert len(large.splitlines()) == 40
        await rig.pilot.resize_terminal(30, 6)
        await rig.pilot.pause()
        assert "WORK 30" in rig.text


@pytest.mark.parametrize("name", ["dark", "light", "high-contrast", "no-such-theme"])
async def test_every_theme_runs(name):
    async with session(timed("Plank", 30), settings=Settings(theme=name)) as rig:
        assert rig.app.theme == (name if name != "no-such-theme" else "dark")
        assert "WORK" in rig.text


def reversed_share(rig):
    """Return how much of the picture is in reverse, and whether its first row, the band, is."""
    strips = [list(strip) for strip in rig.strips[:-1]]
    cells = [(len(each.text), bool(each.style.reverse)) for strip in strips for each in strip]
    share = sum(count for count, turned in cells if turned) / sum(count for count, _ in cells)
    return share, strips[0][0].style.reverse


async def test_without_colours_work_is_a_panel_in_reverse(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with session(timed("Plank", 30), rest(10), timed("Squat", 20), ansi_color=True) as rig:
        share, band = reversed_share(rig)
        assert share > 0.8
        assert not band
        await rig.press("space")
        assert reversed_share(rig)[0] < 0.2
        await rig.press("space", "n")
        share, band = reversed_share(rig)
        assert share < 0.2
        assert band
        await rig.press("n")
        assert reversed_share(rig)[0] > 0.8


@pytest.mark.parametrize("skipped", [0, 1])
async def test_without_colours_a_flash_turns_the_panel_over(skipped, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr("coach.tui.screens.session.FLASH_S", 3600)
    async with session(timed("Plank", 30), rest(10), timed("Squat", 20), ansi_color=True) as rig:
        await rig.press(*("n",) * skipped)
        before, _ = reversed_share(rig)
        rig.session.stand_in("go")
        await rig.pilot.pause()
        assert reversed_share(rig)[0] == pytest.approx(1 - before, abs=0.01)


async def test_a_figure_moves_on_the_grid_of_the_seconds_and_stands_still_in_a_pause():
    timeline = compiled(timed("Squat", 30), rest(40), timed("High knees", 20), prepare_ms=0)
    async with running(timeline, size=(120, 40)) as rig:
        await rig.begin()
        stage = rig.session.query_one(Stage)
        assert stage.slot is not None
        first = stage.appearance.moment
        await rig.advance(700)
        later = stage.appearance
        assert (first.picture, later.figure.id) != (later.moment.picture, "squat")
        assert later.moment.picture != first.picture
        await rig.press("space")
        held = stage.appearance.moment.picture
        await rig.advance(5000)
        assert stage.appearance.moment.picture == held
        await rig.press("n")
        await rig.advance(400)
        shown = stage.appearance
        assert (shown.figure.id, shown.index, shown.stays_until_ms) == ("high-knees", 2, 25_000)


@pytest.mark.parametrize(("elapsed", "limit", "due"), [(0, 30_000, 125), (130, 30_000, 250), (0, 10_060, 60)])
def test_frames_are_due_when_seconds_change_too(elapsed, limit, due):
    assert next_frame_ms(elapsed, 125, limit) == due


@pytest.mark.parametrize("size", [(69, 24), (120, 18), (40, 12)])
async def test_where_there_is_no_room_there_is_no_figure(size):
    async with session(timed("Squat", 30), size=size) as rig:
        assert rig.session.query_one(Stage).slot is None


async def test_no_figure_is_shown_to_a_user_who_wants_none():
    async with session(timed("Squat", 30), size=(120, 40), settings=Settings(figure="off")) as rig:
        assert rig.session.query_one(Stage).slot is None


async def test_each_effort_has_its_own_shade_on_which_words_can_be_read(monkeypatch):
    monkeypatch.setenv("COLORTERM", "truecolor")
    efforts = ("easy", "moderate", "hard", "all-out")
    for theme in OWN_THEMES:
        seen = {}
        steps = (Work(effort, Dose(Time(30_000)), effort=effort) for effort in efforts)
        async with session(*steps, size=(80, 24), settings=Settings(theme=theme)) as rig:
            for effort in efforts:
                band = next(iter(rig.session.query_one(Stage).render_line(0)))
                colours = [Color.parse(colour.get_truecolor().hex) for colour in (band.style.color, band.style.bgcolor)]
                assert contrast(*colours) >= 4.5, (theme, effort)
                seen[effort] = colours[1].hex
                assert effort in rig.text
                await rig.press("n")
        assert len({*seen.values()}) >= 3, theme


async def test_with_sixteen_colours_letters_and_figures_are_all_of_their_ink(monkeypatch):
    monkeypatch.setenv("COLORTERM", "")
    monkeypatch.setenv("TERM", "xterm")
    async with session(timed("Squat", 30), size=(80, 24)) as rig:
        stage = rig.session.query_one(Stage)
        tone = Color.parse(rig.app.theme_variables["coach-work"]).hex
        clock = next(one for one in stage.picture.letters if one.ink == "tone")
        inks = set()
        for y in range(clock.row, clock.row + clock.drawing.rows):
            for segment in stage.render_line(y).crop(clock.column, clock.column + clock.drawing.columns):
                colour = segment.style.bgcolor if not segment.text.strip() else segment.style.color
                inks.add(Color.parse(colour.get_truecolor().hex).hex)
        assert inks <= {tone, Color.parse(rig.app.theme_variables["coach-ground"]).hex}
