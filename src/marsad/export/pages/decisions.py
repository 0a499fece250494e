"""What people decided, in words and as JSON."""

from marsad.export.screen import isolate
from marsad.link.case import incident_id
from marsad.model import Decision

_VALUED = ("grade", "source", "credibility")


_EFFECTS = {
    "none": " (no effect now: what it is about went with an older version of its document)",
    "part": " (in part: some of the claims went with an older version of their document)",
}


def told(decision: Decision, effect: str = "all") -> str:
    """One line: number, day and time, who, what, why; ``effect``: whether it still bears on anything."""
    value = f" as {decision.value}" if decision.value and decision.verb in _VALUED else ""
    what = f"{decision.verb} {' '.join(map(isolate, concerned(decision)))}{value}"
    because = f", because {isolate(decision.because)}" if decision.because else ""
    back = " (taken back)" if decision.undone else _EFFECTS.get(effect, "")
    return f"{decision.seq} · {decision.at} · {isolate(decision.who)} · {what}{because}{back}"


def concerned(decision: Decision) -> tuple[str, ...]:
    """What it is about: incidents by the id that they had then, claims, sources, or the number of another decision."""
    if decision.verb in ("merge", "grade"):
        return tuple(map(incident_id, decision.about))
    if decision.verb == "undo":
        return tuple(f"decision {number}" for number in decision.about)
    return decision.about


def record(decision: Decision, effect: str) -> dict[str, object]:
    """The decision's fields by name, the incidents that it is about by their ids then, and its effect now."""
    found = {key: getattr(decision, key) for key in Decision.__dataclass_fields__}
    return found | {"concerns": list(concerned(decision)), "effect": effect}
