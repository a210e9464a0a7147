"""Texts that want to be more than text, and files that carry them in every field."""

from __future__ import annotations

import json
import re

# What a terminal would obey, or what would make a line say something else than it holds. A file that has one of these
# is refused with the place of it, whether it stands there as it is or as an escape of YAML.
ORDERS = {
    "clear": "\x1b[2J",
    "colour": "\x1b[31m",
    "cursor": "\x1b[1337;42H",
    "title": "\x1b]0;pwned\x07",
    "link": "\x1b]8;;https://evil.example\x1b\\here\x1b]8;;\x1b\\",
    "clipboard": "\x1b]52;c;cHduZWQ=\x07",
    "device": "\x1bP+q544e\x1b\\",
    "answer": "\x1b[6n",
    "bell": "\a",
    "backspace": "safe\b\b\b\bevil",
    "delete": "\x7f",
    "form feed": "\x0c",
    "nul": "\0",
    "c1 csi": "\x9b2J",
    "c1 osc": "\x9d0;pwned\x9c",
    "c1 next line": "\x85",
    "override": "\u202egnp.exe",
    "embedding": "\u202b\u202a\u202c",
    "isolate": "\u2066\u2067\u2069",
    "line separator": "\u2028",
    "paragraph separator": "\u2029",
    "byte order": "\ufeff",
    "no character": "\uffff",
}

SURROGATE = '"\\ud800"'
"""Half a character, as only YAML's escape can write it."""

# What is text, and must be shown as it stands or in part, and never be taken for anything else.
TEXTS = {
    "action": "[@click=app.quit]tap[/]",
    "screen action": "[@click='screen.end']tap[/]",
    "colour": "[red]red[/red] [bold]b[/]",
    "markup link": "[link=https://evil.example]tap[/link]",
    "open bracket": "[bold",
    "closing tag": "[/] [/nothing]",
    "escape": "\\[red] \\x1b[31m \\u001b",
    "variables": "$primary {name} %s %(name)d ${HOME} $HOME",
    "shell": "$(touch pwned) `touch pwned`; touch pwned | sh",
    "html": "<a href='https://evil.example'>tap</a> https://evil.example",
    "markdown": "[tap](https://evil.example) ![i](x.png)",
    "emoji": ":bomb: \U0001f4a3",
    "zero width": "a\u200bb\u200cc\u200dd\u2060e",
    "marks": "\u200eleft\u200fright\u061carabic",
    "soft hyphen": "co\u00adop",
    "tags": "\U000e0041\U000e0042\U000e007f",
    "variation": "x\ufe0e\ufe0f",
    "annotation": "\ufff9a\ufffab\ufffb",
    "blank letters": "a\u3164b\u115fc\u2800d",
    "storm": "Z" + "\u0300\u0301\u0302\u0303" * 500 + "algo",
    "lone mark": "\u0301\u0488 begins",
    "wide": "\u8def" * 200,
    "long word": "W" * 4000,
    "right to left": "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
    "private": "\ue000\U000f0000",
    "option": "--help",
    "path": "../../../etc/passwd",
    "template": "{{7*7}} {% raw %}",
}

# Category Cc but the line end, Cf, Cs and Zl, Zp, as ranges: what no terminal may be given from a file.
UNFIT = re.compile(
    "[\0-\x09\x0b-\x1f\x7f-\x9f\u00ad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\U000e0001-\U000e007f]"
)

REFUSED = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
"""What is in no file that is read and in no message about one."""


def scalar(text: str) -> str:
    """Return `text` in double quotes, as YAML writes it, the character itself standing there."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def escaped(text: str) -> str:
    """Return `text` in double quotes with every unusual character as an escape."""
    return json.dumps(text)


def routine(quoted: str) -> str:
    """Return a routine with a scalar in every field that takes words."""
    return f"""\
name: {quoted}
summary: {quoted}
description: {quoted}
tags: [{quoted}, legs]
level: beginner
equipment: [{quoted}]
source: {quoted}
notice: {quoted}
prepare: 2s
rest: 1s
steps:
  - exercise: {quoted}
    time: 2s
    cue: {quoted}
    note: {quoted}
    load: {quoted}
  - exercise: mine
    reps: 1
    sides: each
    directions: [{quoted}, back]
    phases: ["1s Down", {_prefixed("1s ", quoted)}]
    switch: {_prefixed("1s ", quoted)}
  - block: {quoted}
    rounds: 2
    round_rest: {_prefixed("1s ", quoted)}
    steps:
      - exercise: {quoted}
        time: 3s
        cue: {{1s: {quoted}}}
  - wait: {quoted}
  - block: Checklist
    time: 3s
    steps:
      - exercise: {quoted}
        reps: 3
        load: {quoted}
  - exercise: {quoted}
    until: {quoted}
exercises:
  mine:
    name: {quoted}
    aliases: [{quoted}]
    cue: {quoted}
    summary: {quoted}
    key_points: [{quoted}]
    source: {quoted}
"""


def medley(texts: dict[str, str]) -> str:
    """Return a routine that has each of `texts` in every place of a session's screen, one text after the other."""
    steps = "".join(
        f"""\
  - block: {quoted}
    steps:
      - rest: {_prefixed("5s ", quoted)}
      - exercise: {quoted}
        reps: 2
        directions: [{quoted}]
        phases: ["5s Down", {_prefixed("5s ", quoted)}]
        load: {quoted}
        note: {quoted}
      - wait: {quoted}
      - exercise: {quoted}
        until: {quoted}
        cue: {quoted}
"""
        for quoted in map(scalar, texts.values())
    )
    return f"name: Medley\nsteps:\n{steps}"


def exercise(quoted: str) -> str:
    """Return an exercise file with a scalar in every field that takes words."""
    return f"""\
name: {quoted}
aliases: [{quoted}]
summary: {quoted}
muscles: [{quoted}]
equipment: [{quoted}]
cue: {quoted}
key_points: [{quoted}]
mistakes: [{quoted}]
easier: {quoted}
avoid_if: {quoted}
notice: {quoted}
source: {quoted}
time: 5s
"""


def figure(quoted: str, angle: int = 40) -> str:
    """Return a figure file with a scalar for a pose's name; with an angle that cannot be it has a problem."""
    return f"""\
poses:
  {quoted}: {{arms: {angle}}}
  bent: {{trunk: 150, legs: [30, 60]}}
cycle: [bent, {quoted}]
directions: {{{quoted}: squat}}
"""


def _prefixed(before: str, quoted: str) -> str:
    """Return a quoted scalar with `before` at its beginning."""
    return f'"{before}{quoted[1:]}'
