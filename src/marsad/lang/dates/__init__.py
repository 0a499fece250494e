"""Times in text: ``find`` the expressions of one sentence, ``resolve`` each against the publication date.

The grammar is data: ``lang/<code>/data/dates.tsv`` names the words of each class, ``date_rules.tsv`` the patterns
over those classes and the action that computes the interval.
"""

from marsad.lang.dates.find import find
from marsad.lang.dates.mention import TimeMention
from marsad.lang.dates.resolve import Interval, resolve

__all__ = ["Interval", "TimeMention", "find", "resolve"]
