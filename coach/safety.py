"""When to be careful: what everybody is told once, and `coach safety` tells again."""

from __future__ import annotations

TITLE = "Before you train"

FACTS = (
    "coach counts and beeps; it gives no medical advice.",
    (
        "Ask a doctor first if you have a heart condition, chest pain, dizziness or joint trouble, if you take drugs "
        "for your blood pressure, or if you are pregnant."
    ),
    (
        "Stop at once on chest pain, breathlessness out of proportion, faintness, an irregular heartbeat, or a sharp "
        "pain in a joint or a calf."
    ),
    "Warm up for 5 to 10 minutes.",
    "Clear the floor around you, and see that the chair or box you use stands firm.",
)
"""The facts, a paragraph each. Who changes a word has everybody confirm them anew."""


def facts_text() -> str:
    """Return the facts as one text, its paragraphs parted by an empty line."""
    return "\n\n".join(FACTS)
