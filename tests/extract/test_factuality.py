"""Whether it happened: the same event under negation, fear, intention, condition, and their combinations."""

import pytest

import marsad

CASES = [
    ("قصفت الطائرات القرية.", "asserted"),
    ("لم تقصف الطائرات القرية.", "denied"),
    ("لم تشن الطائرات أي غارة على القرية.", "denied"),
    ("قد تقصف الطائرات القرية.", "possible"),
    ("وقد قصفت الطائرات القرية.", "asserted"),
    ("ستقصف الطائرات القرية.", "planned"),
    ("يخشى السكان أن تقصف الطائرات القرية.", "possible"),
    ("تعتزم القوات قصف القرية بالطائرات.", "planned"),
    ("نفى المتحدث قصف القرية بالطائرات.", "denied"),
    ("إذا قصفت الطائرات القرية فر السكان.", "possible"),
    ("ترددت أنباء غير مؤكدة عن قصف القرية بالطائرات.", "possible"),
    ("بدأت الطائرات قصف القرية.", "asserted"),
    ("لم تتوقف الطائرات عن قصف القرية.", "asserted"),
    ("Warplanes bombed the village.", "asserted"),
    ("Warplanes did not bomb the village.", "denied"),
    ("Warplanes may bomb the village.", "possible"),
    ("Warplanes will bomb the village.", "planned"),
    ("Residents fear that warplanes will bomb the village.", "possible"),
    ("The army denied that its warplanes bombed the village.", "denied"),
    ("Warplanes reportedly bombed the village.", "possible"),
    ("If warplanes bomb the village, residents will flee.", "possible"),
    ("The army is preparing air strikes on the village.", "planned"),
]


@pytest.mark.parametrize(("text", "factuality"), CASES)
def test_one_event_under_every_cue(text: str, factuality: str) -> None:
    found = [c.factuality for c in marsad.read(text, published="2020-01-15") if c.event == "air_drone_strike"]
    assert found == [factuality]


def test_the_reason_is_kept_by_name() -> None:
    claim = marsad.read("نفى المتحدث قصف القرية بالطائرات.", published="2020-01-15")[0]
    assert claim.why["factuality"].startswith("cues.tsv:")
