"""Casualty ranges as they are drawn: low, best and high on one scale, each figure where it lies."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import floor, log10

from marsad.model import Assessment, Estimate, Figure

APART = ("dissents", "conceded", "doubted")
"""Uses of figures that are told apart from the range."""
_STRETCH = 3.0
_STEPS = (1, 2, 5, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A figure on the scale: ``at`` in percent, ``beyond`` where it lies past the end of it."""

    figure: Figure
    at: str
    beyond: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """An estimate on the scale; positions and widths in percent, "" where there is none."""

    estimate: Estimate
    low: str = ""
    best: str = ""
    high: str = ""
    width: str = ""
    open: bool = False
    figures: tuple[Drawn, ...] = ()

    @property
    def apart(self) -> list[Figure]:
        """Figures that dissent, are conceded by a side or in doubt."""
        return [f for f in self.estimate.figures if f.use in APART]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """All ranges of the killed, or of the injured, with the numbers at which the scale is marked."""

    of: str
    ranges: tuple[Range, ...]
    ticks: tuple[tuple[int, str], ...]


def scales(found: Assessment) -> list[Scale]:
    """The killed, then the injured: all first, then the groups of which anyone tells."""
    return [_scale(of, list(_estimates(found, of))) for of in ("killed", "injured")]


def _estimates(found: Assessment, of: str) -> Iterator[Estimate]:
    own = [e for e in found.estimates if e.of == of]
    yield next((e for e in own if e.whom == "all"), Estimate(of="killed", whom="all", known="none_reported"))
    yield from (e for e in own if e.whom != "all" and e.known != "none_reported")


def _scale(of: str, estimates: Sequence[Estimate]) -> Scale:
    top = _top(estimates)
    ticks = tuple((n, _percent(n, top)) for n in _marked(top)) if top else ()
    return Scale(of=of, ranges=tuple(_range(e, top) for e in estimates), ticks=ticks)


def _top(estimates: Sequence[Estimate]) -> int:
    """The end of the scale: the highest bound, and figures set apart as long as they do not dwarf it."""
    bounds = [n for e in estimates for n in (e.low, e.best, e.high) if n]
    highest = max(bounds, default=0)
    others = [n for e in estimates for f in e.figures for n in (f.low, f.high) if n]
    near = [n for n in others if not highest or n <= _STRETCH * highest]
    return max([highest, *near], default=0)


def _marked(top: int) -> list[int]:
    """Nought, and three to five round numbers up to the end."""
    rough = top / 4
    power = 10.0 ** floor(log10(rough)) if rough >= 1 else 1.0
    step = max(1, int(next(power * s for s in _STEPS if power * s >= rough)))
    return list(range(0, top + 1, step))


def _percent(number: int, top: int) -> str:
    return f"{min(100.0, 100.0 * number / top):.2f}%"


def _range(estimate: Estimate, top: int) -> Range:
    if estimate.known == "none_reported" or (estimate.low is None and estimate.high is None):
        return Range(estimate=estimate, figures=_drawn(estimate, top))
    scale = top or 1
    low = estimate.low or 0
    high = scale if estimate.high is None else estimate.high
    return Range(
        estimate=estimate,
        low=_percent(low, scale),
        best="" if estimate.best is None else _percent(estimate.best, scale),
        high=_percent(high, scale),
        width=f"{max(0.0, 100.0 * (min(high, scale) - low) / scale):.2f}%",
        open=estimate.high is None,
        figures=_drawn(estimate, top),
    )


def _drawn(estimate: Estimate, top: int) -> tuple[Drawn, ...]:
    """Each number once for each use that is made of it."""
    found: dict[tuple[int, str], Drawn] = {}
    for figure in estimate.figures:
        number = figure.high if figure.high is not None else figure.low
        if number is not None and top:
            found.setdefault((number, figure.use), Drawn(figure=figure, at=_percent(number, top), beyond=number > top))
    return tuple(found.values())
