"""A form of a page as a browser would send it."""

from html.parser import HTMLParser


class Form(HTMLParser):
    """The first form whose action has ``part`` in it: its ``action``, and its ``fields`` as the page fills them."""

    def __init__(self, part: str) -> None:
        super().__init__()
        self._part, self._inside = part, False
        self._select = self._area = ""
        self.action = ""
        self.fields: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and not self.action and self._part in given.get("action", ""):
            self.action, self._inside = given["action"], True
        if not self._inside:
            return
        if tag == "input" and (given.get("type") not in ("checkbox", "radio") or "checked" in given):
            self.fields[given.get("name", "")] = given.get("value", "")
        elif tag == "select":
            self._select = given["name"]
        elif tag == "option" and self._select and ("selected" in given or self._select not in self.fields):
            self.fields[self._select] = given.get("value", "")
        elif tag == "textarea":
            self._area = given["name"]
            self.fields[self._area] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields[self._area] += data
