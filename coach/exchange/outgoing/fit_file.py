"""Encode FIT files: a header, messages that each follow a definition of their fields, and checksums.

The layout is that of Garmin's protocol, version 1: little-endian, one definition for a run of messages that look alike.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

EPOCH_S = 631_065_600
"""The moment from which FIT counts seconds, 1989-12-31T00:00Z, in seconds since 1970."""
LONGEST_TEXT = 254
"""Bytes of UTF-8 that a text may have: a field has 255, and the last is 0."""

_HEADER_BYTES = 14
_PROTOCOL = 0x10
_PROFILE = 21218
_DEFINITION = 0x40
_TEXT = 0x07
_FORMATS = {0x00: "B", 0x02: "B", 0x84: "H", 0x86: "I", 0x8C: "I"}
"""How `struct` writes each of FIT's numeric types."""
_LARGEST = {"B": 2**8 - 2, "H": 2**16 - 2, "I": 2**32 - 2}
"""The largest number of each; one more says that the value is missing."""


@frozen
class FitField:
    """One field of a message."""

    number: int
    """Its number in the message, by Garmin's profile."""
    type: int
    """FIT's number for its base type."""
    value: int | str
    """A number beyond the type's range is written as the nearest one within it."""


def enum(number: int, value: int) -> FitField:
    """Return a field with one of a few named values."""
    return FitField(number, 0x00, value)


def uint8(number: int, value: int) -> FitField:
    """Return a field of one byte."""
    return FitField(number, 0x02, value)


def uint16(number: int, value: int) -> FitField:
    """Return a field of two bytes."""
    return FitField(number, 0x84, value)


def uint32(number: int, value: int) -> FitField:
    """Return a field of four bytes."""
    return FitField(number, 0x86, value)


def uint32z(number: int, value: int) -> FitField:
    """Return a field of four bytes in which 0 means that it is missing."""
    return FitField(number, 0x8C, value)


def string(number: int, value: str) -> FitField:
    """Return a field of text, cut between two characters where it is too long for FIT."""
    return FitField(number, _TEXT, cut_text(value))


def cut_text(value: str, most: int = LONGEST_TEXT) -> str:
    """Return the start of `value` that has at most `most` bytes of UTF-8, with no character torn."""
    data = value.replace("\0", " ").encode("utf-8", "replace")
    return data[:most].decode("utf-8", "ignore")


@frozen
class FitMessage:
    """One message. `number` is its kind, by Garmin's profile."""

    number: int
    fields: tuple[FitField, ...]


def fit_file(messages: Iterable[FitMessage]) -> bytes:
    """Return `messages` as a FIT file."""
    body = b"".join(_records(messages))
    head = struct.pack("<BBHI4s", _HEADER_BYTES, _PROTOCOL, _PROFILE, len(body), b".FIT")
    data = head + struct.pack("<H", checksum(head)) + body
    return data + struct.pack("<H", checksum(data))


def _records(messages: Iterable[FitMessage]) -> Iterator[bytes]:
    """Yield each message, behind a definition where the message before it had other fields."""
    defined = b""
    for message in messages:
        values = [_value(field) for field in message.fields]
        sizes = zip(message.fields, values, strict=True)
        fields = b"".join(struct.pack("BBB", field.number, len(value), field.type) for field, value in sizes)
        definition = struct.pack("<BBBHB", _DEFINITION, 0, 0, message.number, len(message.fields)) + fields
        if definition != defined:
            defined = definition
            yield definition
        yield b"\0" + b"".join(values)


def _value(field: FitField) -> bytes:
    if isinstance(field.value, str):
        return field.value.encode("utf-8") + b"\0"
    kind = _FORMATS[field.type]
    return struct.pack(f"<{kind}", min(max(0, field.value), _LARGEST[kind]))


def _table() -> tuple[int, ...]:
    """Return what each byte adds to a checksum: CRC-16 with the polynomial 0x8005, bits reversed."""
    found = []
    for byte in range(256):
        value = byte
        for _ in range(8):
            value = value >> 1 ^ (0xA001 if value & 1 else 0)
        found.append(value)
    return tuple(found)


_CHECKSUMS = _table()


def checksum(data: bytes) -> int:
    """Return the checksum of `data` that stands at the end of a FIT file."""
    found = 0
    for byte in data:
        found = found >> 8 ^ _CHECKSUMS[(found ^ byte) & 0xFF]
    return found
