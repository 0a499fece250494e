"""The evidence of a record: what was received, as received, and what was done, in a chain that shows any change.

Folders and names: ``marsad.db`` has its evidence in ``marsad.evidence/``. How it works: docs/evidence.md.
"""

from marsad.evidence.folder import Evidence, Kept, Read
from marsad.evidence.ledger import Entry
from marsad.evidence.report import Problem, Report
from marsad.evidence.verify import Trust, verify
from marsad.evidence.withholding import Withheld

__all__ = ["Entry", "Evidence", "Kept", "Problem", "Read", "Report", "Trust", "Withheld", "verify"]
