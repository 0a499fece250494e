"""Pages from templates, in the reader's language."""

from collections.abc import Callable
from functools import partial
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from marsad.server import shown, words
from marsad.server.names import Names


def environment(version: str) -> Environment:
    """Templates with everything escaped that is not said to be markup; ``version`` is that of scripts and styles."""
    made = Environment(
        loader=PackageLoader("marsad.server"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals["version"] = version
    return made


def language(request: Request) -> str:
    """The reader's: what was chosen in this browser, else the account's, else the browser's own, else English."""
    user = getattr(request.state, "user", None)
    asked = [request.cookies.get("lang", ""), getattr(user, "lang", "")]
    asked += [part.split(";")[0].strip()[:2] for part in request.headers.get("accept-language", "").split(",")]
    return next((lang for lang in asked if lang in words.LANGUAGES), "en")


def page(request: Request, template: str, /, *, status: int = 200, **context: Any) -> HTMLResponse:
    """A template as an answer; it may use ``t``, ``name``, ``names``, ``lang``, ``dir``, ``user``, ``csrf``,
    ``csrf_field`` and ``shown.helpers``."""
    lang, csrf = language(request), getattr(request.state, "csrf", "")
    found = request.app.state.templates.get_template(template)
    told = found.render(
        request=request,
        lang=lang,
        dir="rtl" if lang == "ar" else "ltr",
        t=partial(_say, lang),
        name=_names(lang),
        names=Names(lang),
        user=getattr(request.state, "user", None),
        csrf=csrf,
        csrf_field=partial(_csrf_field, csrf),
        **shown.helpers(request, lang),
        **context,
    )
    return HTMLResponse(told, status_code=status)


def _csrf_field(csrf: str) -> Markup:
    """What each form that changes something holds; in a form with files it stands first."""
    return Markup('<input type="hidden" name="csrf" value="{}">').format(csrf)


def _say(lang: str, key: str, /, **values: object) -> str:
    return words.say(key, lang, **values)


def _names(lang: str) -> Callable[[str, str], str]:
    """The name of a code of a list: ``name("event", "attack")`` is the words of the key ``event.attack``."""

    def name(group: str, code: str) -> str:
        return words.say(f"{group}.{code}", lang)

    return name
