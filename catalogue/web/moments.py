"""Points in time as people in Vientiane read them."""

from datetime import datetime

from flask import Flask
from flask_babel import format_date
from flask_babel import gettext as _

from catalogue.web.clock import in_vientiane, now


def moment(at: datetime) -> str:
    """Day and time in Vientiane: "today 9:04", "18 November, 15:42", with the year when it is another."""
    local, today = in_vientiane(at), in_vientiane(now())
    clock = f"{local.hour}:{local.minute:02}"
    if local.date() == today.date():
        return _("today %(clock)s", clock=clock)
    pattern = "d MMMM" if local.year == today.year else "d MMMM y"
    return f"{format_date(local.date(), pattern)}, {clock}"


def init_app(app: Flask) -> None:
    """Give templates the filter `moment`."""
    app.jinja_env.filters["moment"] = moment
