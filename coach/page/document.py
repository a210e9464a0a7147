"""The page as one HTML file: content, style and script inside, and nothing fetched."""

from __future__ import annotations

import base64
import html
import json
from hashlib import sha256
from importlib.resources import files
from typing import Any

SCRIPTS = ("machine.js", "signals.js", "view.js", "sound.js", "figure.js", "outcome.js", "store.js", "app.js")
"""In the order in which they use each other."""
_INERT = str.maketrans({letter: f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"})


def page_html(content: dict[str, Any]) -> str:
    """Return the page that runs a session, from what `page_content` returns."""
    style, script = _asset("page.css"), _script()
    values = {
        "title": html.escape(content["name"]),
        "policy": _policy(style, script),
        "style": style,
        "script": script,
        "content": inert_json(content),
    }
    return _filled(_asset("page.html"), values)


def index_page(entries: list[tuple[str, str, str, str]]) -> str:
    """Return a page with a link to each of `entries`: file name, routine, total length, summary."""
    style = _asset("page.css")
    rows = "\n".join(
        f'<li><a href="{html.escape(file)}"><b>{html.escape(name)}</b> <span>{html.escape(total)}</span>'
        f"<small>{html.escape(summary)}</small></a></li>"
        for file, name, total, summary in entries
    )
    return _filled(_asset("index.html"), {"policy": _policy(style, ""), "style": style, "rows": rows})


def inert_json(value: object) -> str:
    """Return JSON that is only text inside a `<script>`, whatever is in it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # These stand only inside strings, where an escape means the same.
    return text.translate(_INERT)


def _policy(style: str, script: str) -> str:
    """Return a policy under which nothing but the page's own style and script runs, and nothing is fetched."""
    parts = [
        "default-src 'none'",
        f"style-src '{_hash(style)}'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    if script:
        parts.append(f"script-src '{_hash(script)}'")
    return "; ".join(parts)


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}"


def _script() -> str:
    return '"use strict";\n(() => {\n' + "\n".join(_asset(name) for name in SCRIPTS) + "})();\n"


def _asset(name: str) -> str:
    return (files("coach.page") / "assets" / name).read_text(encoding="utf-8")


def _filled(template: str, values: dict[str, str]) -> str:
    """Return `template` with each `{{name}}` replaced; what a value contains is never looked at again."""
    parts = template.split("{{")
    filled = [parts[0]]
    for part in parts[1:]:
        name, _, rest = part.partition("}}")
        filled += [values[name], rest]
    return "".join(filled)
