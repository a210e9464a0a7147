"""The safety notice that everybody confirms before the first session, and that `coach safety` shows again.

It stands alone because sessions and the command both show it.
"""

from __future__ import annotations

TITLE = "Before you train"

FACTS = (
    "coach counts and beeps. It gives no medical advice.",
    (
        "See a doctor first if you have a heart condition, chest pain, dizziness or joint trouble, if you take blood "
        "pressure medication, or if you are pregnant."
    ),
    (
        "Stop at once if you feel chest pain, unusual breathlessness, faintness, an irregular heartbeat, or a sharp "
        "pain in a joint or a calf."
    ),
    "Warm up for 5 to 10 minutes.",
    "Clear the floor around you, and make sure any chair or box you use is stable.",
)
"""A paragraph each. After any change of wording everybody has to confirm the notice again."""


def facts_text() -> str:
    """Return the facts as one text, with an empty line between paragraphs."""
    return "\n\n".join(FACTS)
