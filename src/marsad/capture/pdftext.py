"""``python -m marsad.capture.pdftext SECONDS``: a PDF on standard input, its text as JSON on standard output.

A process of its own, with limits that the system enforces where it can: a PDF that loops ends it and nothing else.
"""

import io
import json
import re
import sys
import unicodedata
from typing import Any

MAX_PAGES = 500
MAX_CHARACTERS = 4_000_000
MAX_MEMORY = 1_500_000_000
_FORMS = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]+")
_RIGHT_TO_LEFT = "".join(map(chr, (*range(0x590, 0x900), *range(0xFB1D, 0xFE00), *range(0xFE70, 0xFF00))))
_ARABIC = re.compile(r"[\u0621-\u064a]{3,}")


def main() -> None:
    """Read, extract, print; what goes wrong is printed as ``error``."""
    _limit(int(sys.argv[1]))
    try:
        found = extracted(sys.stdin.buffer.read())
    except Exception as error:  # whatever a damaged PDF raises in pypdf is the PDF's fault
        found = {"error": f"{type(error).__name__}: {error}"[:300]}
    sys.stdout.write(json.dumps(found))


def extracted(data: bytes) -> dict[str, Any]:
    """The text of the first ``MAX_PAGES`` pages, title, author, day of making, and how many pages were left out."""
    import pypdf
    from pypdf._text_extraction import set_custom_rtl

    set_custom_rtl(-1, -1, _RIGHT_TO_LEFT)  # pypdf turns such letters round itself, and loses the place of numbers
    reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        return {"error": "it is encrypted; save it without a password"}
    texts: list[str] = []
    left_out = max(0, len(reader.pages) - MAX_PAGES)
    size = 0
    for number in range(min(len(reader.pages), MAX_PAGES)):
        try:
            text = reader.pages[number].extract_text()
        except Exception:  # one damaged page does not lose the others
            left_out += 1
            continue
        size += len(text)
        if size > MAX_CHARACTERS:
            left_out += min(len(reader.pages), MAX_PAGES) - number
            break
        texts.append(logical(text))
    about = reader.metadata
    return {
        "text": "\n\n".join(texts),
        "left_out": left_out,
        "title": str((about and about.title) or ""),
        "author": str((about and about.author) or ""),
        "created": str((about and about.get("/CreationDate")) or ""),
        "version": pypdf.__version__,
    }


def logical(text: str) -> str:
    """Letters as letters, not as drawn forms; lines that stand in the order of drawing turned round.

    In Arabic many words begin with «ال»; where they end with «لا» instead, the letters are in the order of drawing.
    """
    text = _FORMS.sub(lambda forms: unicodedata.normalize("NFKC", forms.group()), text)
    words = _ARABIC.findall(text)
    first = sum(word.startswith("ال") or word.endswith("ة") for word in words)
    last = sum(word.endswith("لا") or word.startswith("ة") for word in words)
    if last <= 2 * first or last < 3:
        return text
    return "\n".join(_turned(line) for line in text.split("\n"))


def _turned(line: str) -> str:
    """The line back to front, numbers and Latin words as they were."""
    back = line[::-1] if _ARABIC.search(line) else line
    return re.sub(r"[0-9A-Za-z٠-٩][0-9A-Za-z٠-٩.,:/-]*", lambda run: run.group()[::-1], back) if back != line else line


def _limit(seconds: int) -> None:
    try:
        import resource
    except ImportError:  # Windows: the parent's timeout alone
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))


if __name__ == "__main__":
    main()
