"""The WAV we write, read back by a reader of the test's own that knows only what a RIFF is."""

import io
import struct
import wave

import pytest

from coach.audio.render import LONGEST_WAV, TooLongError, wav_header


def chunks(data):
    """Yield (name, body) of each chunk in `data`, and demand that they fill it."""
    at = 0
    while at < len(data):
        name, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        body = data[at + 8 : at + 8 + size]
        assert len(body) == size
        yield name, body
        at += 8 + size + size % 2
    assert at == len(data)


def labels(data):
    """Return (sample, text) of each cue point of a WAV, in order of their numbers."""
    ((riff, body),) = chunks(data)
    assert (riff, body[:4]) == (b"RIFF", b"WAVE")
    found = dict(chunks(body[4:]))
    if b"cue " not in found:
        return []
    points = dict(struct.iter_unpack("<I16xI", found[b"cue "][4:]))
    assert found[b"cue "][:4] == len(points).to_bytes(4, "little")
    adtl = found[b"LIST"]
    assert adtl[:4] == b"adtl"
    texts = {}
    for name, each in chunks(adtl[4:]):
        assert (name, each[-1:]) == (b"labl", b"\0")
        texts[int.from_bytes(each[:4], "little")] = each[4:-1].decode()
    assert points.keys() == texts.keys()
    return [(points[number], texts[number]) for number in sorted(points)]


@pytest.mark.parametrize(
    "given",
    [[], [(0, "A")], [(0, "even"), (480, "odd"), (480, "Ausfallschritt, links: zwölf"), (959, "")]],
)
def test_labels_come_back_at_their_samples(given):
    data = wav_header(48_000, 960, given) + bytes(1920)
    assert labels(data) == given
    with wave.open(io.BytesIO(data)) as file:
        assert file.getparams()[:4] == (1, 2, 48_000, 960)
        assert file.readframes(1000) == bytes(1920)


def test_a_nought_in_a_label_does_not_end_it():
    assert labels(wav_header(48_000, 0, [(0, "A\0B")])) == [(0, "AB")]


def test_what_does_not_fit_is_refused():
    room = (LONGEST_WAV - len(wav_header(48_000, 0, [])) + 8) // 2
    assert wav_header(48_000, room, [])[4:8] >= b"\xfe\xff\xff\xff"
    with pytest.raises(TooLongError, match="at most 4 GiB, 12 hours"):
        wav_header(48_000, room + 1, [])
