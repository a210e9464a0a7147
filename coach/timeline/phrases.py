"""The voice's own words, by language. Names and cues are spoken as the routine file has them."""

# ruff: noqa: RUF001 - these words are written in Cyrillic, whose letters look like Latin ones

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.routine.model import EFFORTS
from coach.text.languages import best_tag
from coach.values import frozen

if TYPE_CHECKING:
    from coach.routine.model import Effort


@frozen
class Words:
    """What the voice adds to the words of a file. `{}` stands for a name or a number.

    `efforts` are "easy", "moderate", "hard" and "all out". `ordinals` and `set_ordinals` are "second" to "tenth", in
    the grammatical form for a round and for a set; without `set_ordinals` both have the same form.
    """

    next: str
    half: str
    last: str
    switch: str
    turn: str
    left: str
    right: str
    in_turn: str
    once: str
    times: str
    a_side: str
    ordinal_round: str
    round: str
    last_round: str
    ordinal_set: str
    set: str
    last_set: str
    efforts: tuple[str, ...]
    ordinals: tuple[str, ...]
    set_ordinals: tuple[str, ...] = ()

    def which_round(self, number: int, of: int) -> str:
        """Return which round begins: "second round", "last round"; nothing for the first."""
        ordinal = (self.ordinals, self.ordinal_round)
        return _which(number, of, *ordinal, self.round, self.last_round)

    def which_set(self, number: int, of: int) -> str:
        """Return which set begins: "second set", "last set"; nothing for the first."""
        ordinal = (self.set_ordinals or self.ordinals, self.ordinal_set)
        return _which(number, of, *ordinal, self.set, self.last_set)

    def effort(self, effort: Effort) -> str:
        """Return how hard work should feel."""
        return self.efforts[EFFORTS.index(effort)]

    def reps(self, number: int, *, a_side: bool) -> str:
        """Return how many reps there are to do."""
        if a_side:
            return self.a_side.format(number)
        return self.once if number == 1 else self.times.format(number)


def _which(number: int, of: int, ordinals: tuple[str, ...], phrase: str, numbered: str, last: str) -> str:
    if number < 2:
        return ""
    if number == of:
        return last
    said = phrase.format(ordinals[number - 2]) if number - 2 < len(ordinals) else numbered.format(number)
    return said[0].upper() + said[1:]


def words_for(language: str) -> Words:
    """Return the words of a language, or the English ones if it has none here."""
    return WORDS[best_tag(language, WORDS) or "en"]


def _listed(text: str) -> tuple[str, ...]:
    return tuple(text.split())


WORDS = {
    "en": Words(
        *("Next: {}", "Half-way", "Last one", "Switch sides", "Change direction"),
        *("left", "right", "sides in turn", "1 rep", "{} reps", "{} a side"),
        *("{} round", "Round {}", "Last round", "{} set", "Set {}", "Last set"),
        ("easy", "moderate", "hard", "all out"),
        _listed("second third fourth fifth sixth seventh eighth ninth tenth"),
    ),
    "cmn": Words(
        *("接下来：{}", "一半了", "最后一个", "换边", "换方向"),
        *("左", "右", "左右交替", "一次", "{}次", "每边{}次"),
        *("第{}轮", "第{}轮", "最后一轮", "第{}组", "第{}组", "最后一组"),
        ("轻松", "中等", "用力", "全力"),
        _listed("二 三 四 五 六 七 八 九 十"),
    ),
    "cs": Words(
        *("Následuje: {}", "Polovina", "Poslední", "Změna strany", "Změna směru"),
        *("vlevo", "vpravo", "střídavě", "jednou", "{}krát", "{} na stranu"),
        *("{} kolo", "Kolo {}", "Poslední kolo", "{} série", "Série {}", "Poslední série"),
        ("lehce", "středně", "tvrdě", "naplno"),
        _listed("druhé třetí čtvrté páté šesté sedmé osmé deváté desáté"),
        _listed("druhá třetí čtvrtá pátá šestá sedmá osmá devátá desátá"),
    ),
    "da": Words(
        *("Næste: {}", "Halvvejs", "Den sidste", "Skift side", "Skift retning"),
        *("venstre", "højre", "skiftevis", "en gang", "{} gange", "{} per side"),
        *("{} runde", "Runde {}", "Sidste runde", "{} sæt", "Sæt {}", "Sidste sæt"),
        ("let", "moderat", "hårdt", "alt hvad du har"),
        _listed("anden tredje fjerde femte sjette syvende ottende niende tiende"),
        _listed("andet tredje fjerde femte sjette syvende ottende niende tiende"),
    ),
    "de": Words(
        *("Als Nächstes: {}", "Halbzeit", "Die letzte", "Seite wechseln", "Richtung wechseln"),
        *("links", "rechts", "abwechselnd", "einmal", "{} Mal", "{} pro Seite"),
        *("{} Runde", "Runde {}", "Letzte Runde", "{} Satz", "Satz {}", "Letzter Satz"),
        ("locker", "mittel", "hart", "mit aller Kraft"),
        _listed("zweite dritte vierte fünfte sechste siebte achte neunte zehnte"),
        _listed("zweiter dritter vierter fünfter sechster siebter achter neunter zehnter"),
    ),
    "es": Words(
        *("Siguiente: {}", "Mitad", "La última", "Cambia de lado", "Cambia de dirección"),
        *("izquierda", "derecha", "alternando", "una vez", "{} veces", "{} por lado"),
        *("{} ronda", "Ronda {}", "Última ronda", "{} serie", "Serie {}", "Última serie"),
        ("suave", "moderado", "fuerte", "al máximo"),
        _listed("segunda tercera cuarta quinta sexta séptima octava novena décima"),
    ),
    "fi": Words(
        *("Seuraavaksi: {}", "Puolivälissä", "Viimeinen", "Vaihda puolta", "Vaihda suuntaa"),
        *("vasen", "oikea", "vuorotellen", "kerran", "{} kertaa", "{} per puoli"),
        *("{} kierros", "Kierros {}", "Viimeinen kierros", "{} sarja", "Sarja {}", "Viimeinen sarja"),
        ("kevyesti", "kohtalaisesti", "kovaa", "täysillä"),
        _listed("toinen kolmas neljäs viides kuudes seitsemäs kahdeksas yhdeksäs kymmenes"),
    ),
    "fr": Words(
        *("Ensuite : {}", "Mi-parcours", "La dernière", "Changez de côté", "Changez de sens"),
        *("gauche", "droite", "en alternance", "une fois", "{} fois", "{} par côté"),
        *("{} tour", "Tour {}", "Dernier tour", "{} série", "Série {}", "Dernière série"),
        ("facile", "modéré", "dur", "à fond"),
        _listed("deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième"),
    ),
    "it": Words(
        *("Poi: {}", "A metà", "L'ultima", "Cambia lato", "Cambia direzione"),
        *("sinistra", "destra", "alternando", "una volta", "{} volte", "{} per lato"),
        *("{} giro", "Giro {}", "Ultimo giro", "{} serie", "Serie {}", "Ultima serie"),
        ("facile", "moderato", "forte", "al massimo"),
        _listed("secondo terzo quarto quinto sesto settimo ottavo nono decimo"),
        _listed("seconda terza quarta quinta sesta settima ottava nona decima"),
    ),
    "nb": Words(
        *("Neste: {}", "Halvveis", "Den siste", "Bytt side", "Bytt retning"),
        *("venstre", "høyre", "vekselvis", "en gang", "{} ganger", "{} per side"),
        *("{} runde", "Runde {}", "Siste runde", "{} sett", "Sett {}", "Siste sett"),
        ("rolig", "moderat", "hardt", "alt du har"),
        _listed("andre tredje fjerde femte sjette sjuende åttende niende tiende"),
    ),
    "nl": Words(
        *("Volgende: {}", "Halverwege", "De laatste", "Wissel van kant", "Wissel van richting"),
        *("links", "rechts", "afwisselend", "één keer", "{} keer", "{} per kant"),
        *("{} ronde", "Ronde {}", "Laatste ronde", "{} set", "Set {}", "Laatste set"),
        ("rustig", "matig", "zwaar", "voluit"),
        _listed("tweede derde vierde vijfde zesde zevende achtste negende tiende"),
    ),
    "pl": Words(
        *("Następnie: {}", "Połowa", "Ostatnie", "Zmiana strony", "Zmiana kierunku"),
        *("lewa", "prawa", "na zmianę", "raz", "{} razy", "{} na stronę"),
        *("{} runda", "Runda {}", "Ostatnia runda", "{} seria", "Seria {}", "Ostatnia seria"),
        ("lekko", "umiarkowanie", "mocno", "na maksa"),
        _listed("druga trzecia czwarta piąta szósta siódma ósma dziewiąta dziesiąta"),
    ),
    "pt": Words(
        *("A seguir: {}", "Metade", "A última", "Troque de lado", "Troque de direção"),
        *("esquerda", "direita", "alternando", "uma vez", "{} vezes", "{} por lado"),
        *("{} volta", "Volta {}", "Última volta", "{} série", "Série {}", "Última série"),
        ("leve", "moderado", "forte", "ao máximo"),
        _listed("segunda terceira quarta quinta sexta sétima oitava nona décima"),
    ),
    "ru": Words(
        *("Далее: {}", "Половина", "Последний раз", "Смена стороны", "Смена направления"),
        *("левая", "правая", "по очереди", "один раз", "повторений: {}", "на сторону: {}"),
        *("{} круг", "Круг {}", "Последний круг", "{} подход", "Подход {}", "Последний подход"),
        ("легко", "умеренно", "тяжело", "на максимум"),
        _listed("второй третий четвёртый пятый шестой седьмой восьмой девятый десятый"),
    ),
    "sv": Words(
        *("Nästa: {}", "Halvvägs", "Den sista", "Byt sida", "Byt riktning"),
        *("vänster", "höger", "växelvis", "en gång", "{} gånger", "{} per sida"),
        *("{} varvet", "Varv {}", "Sista varvet", "{} setet", "Set {}", "Sista setet"),
        ("lätt", "måttligt", "hårt", "allt du har"),
        _listed("andra tredje fjärde femte sjätte sjunde åttonde nionde tionde"),
    ),
    "tr": Words(
        *("Sıradaki: {}", "Yarısı bitti", "Sonuncu", "Taraf değiştir", "Yön değiştir"),
        *("sol", "sağ", "sırayla", "bir kez", "{} kez", "her tarafta {}"),
        *("{} tur", "Tur {}", "Son tur", "{} set", "Set {}", "Son set"),
        ("hafif", "orta", "zor", "tüm gücünle"),
        _listed("ikinci üçüncü dördüncü beşinci altıncı yedinci sekizinci dokuzuncu onuncu"),
    ),
    "uk": Words(
        *("Далі: {}", "Половина", "Останній раз", "Зміна сторони", "Зміна напрямку"),
        *("ліва", "права", "по черзі", "один раз", "повторень: {}", "на сторону: {}"),
        *("{} коло", "Коло {}", "Останнє коло", "{} підхід", "Підхід {}", "Останній підхід"),
        ("легко", "помірно", "важко", "на повну"),
        _listed("друге третє четверте п'яте шосте сьоме восьме дев'яте десяте"),
        _listed("другий третій четвертий п'ятий шостий сьомий восьмий дев'ятий десятий"),
    ),
}
"""By the tag of the language."""
