"""What people decided, in words and as JSON."""

from typing import Any

from marsad.export.screen import isolate
from marsad.link.case import incident_id
from marsad.model import Decision

_VALUED = ("grade", "source", "credibility")
_OF_INCIDENTS = ("merge", "grade", "assess")
_EFFECTS = {
    "none": " (no effect now: what it is about is gone with an older version of its document, or takes no part)",
    "part": " (in part: some of the claims are gone with an older version of their document, or take no part)",
}
_LONG = 80


def told(decision: Decision, effect: str = "all") -> str:
    """One line: number, day and time, who, what, why; ``effect``: whether it still bears on anything."""
    what = f"{decision.verb} {' '.join(map(isolate, concerned(decision)))}{_how(decision)}"
    because = f", because {isolate(decision.because)}" if decision.because else ""
    back = " (taken back)" if decision.undone else _EFFECTS.get(effect, "")
    return f"{decision.seq} · {decision.at} · {isolate(decision.who)} · {what}{because}{back}"


def _how(decision: Decision) -> str:
    """What was decided about it, in a few words."""
    said = decision.content
    if decision.verb == "move":
        return f" to {incident_id(said['to'][0])}"
    if decision.verb == "assess":
        return ": " + " / ".join(_short(text) for text in (said["en"], said["ar"]) if text)
    if decision.verb == "add":
        return f" to {isolate(said['document'])}: {said['event']}, {_short(said['trigger'])}"
    if decision.verb == "correct":
        shown = (f"{name} to {_short(_words(value))}" for name, value in said.items() if not name.endswith("_spans"))
        return ": " + ", ".join(one for one in shown if not one.startswith("trigger_span"))
    return f" as {decision.value}" if decision.value and decision.verb in _VALUED else ""


def _words(value: Any) -> str:
    """The value of a field of a claim in a few words."""
    if isinstance(value, list):
        return ", ".join(map(_words, value)) or "none"
    if not isinstance(value, dict):
        return "none" if value is None else str(value)
    if "of" in value:
        low, high = ("?" if bound is None else bound for bound in (value["low"], value["high"]))
        return f"{value['of']} {low if low == high else f'{low}-{high}'}"
    if "start" in value:
        return str(value["start"] if value["start"] == value["end"] else f"{value['start']} to {value['end']}")
    return str(value.get("name") or value.get("text", ""))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return isolate(line if len(line) <= _LONG else line[:_LONG] + "…")


def concerned(decision: Decision) -> tuple[str, ...]:
    """What it is about: incidents by the id that they had then, claims, sources, or the number of another decision."""
    if decision.verb in _OF_INCIDENTS:
        return tuple(map(incident_id, decision.about if decision.verb == "merge" else decision.about[:1]))
    if decision.verb == "undo":
        return tuple(f"decision {number}" for number in decision.about)
    return decision.about


def record(decision: Decision, effect: str) -> dict[str, object]:
    """The decision's fields by name, the incidents that it is about by their ids then, and its effect now; ``value`` is
    an object where it holds several things."""
    found = {key: getattr(decision, key) for key in Decision.__dataclass_fields__}
    found["value"] = decision.content or decision.value
    return found | {"concerns": list(concerned(decision)), "effect": effect}
