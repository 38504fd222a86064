"""The Flask extensions, unbound until `create_app` binds them."""

from typing import TYPE_CHECKING, Any

from babel.support import NullTranslations
from flask import g, has_app_context
from flask_babel import Babel, Domain, get_locale
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from flask_wtf import CSRFProtect

from catalogue.models import Base


class RequestSession(Session):
    """The session of a request; with `info["write"]` its transaction takes the write lock at its first query."""

    def get_bind(self, *_args: Any, **_kwargs: Any) -> Any:
        """The one database of the site, whatever is asked for."""
        if not self.info.get("write"):
            return self._db.engine
        # The same object each time: a session opens one connection for each engine that it is given.
        if "writing bind" not in self.info:
            self.info["writing bind"] = self._db.engine.execution_options(write=True)
        return self.info["writing bind"]


class Database(SQLAlchemy):
    """Flask-SQLAlchemy; its `session` finds the request's and hands every call on, so it is typed as one."""

    if TYPE_CHECKING:
        session: Session  # type: ignore[assignment]


class Words(Domain):
    """The translations of the site by language; Babel's own way spells the locale out again for every phrase."""

    def get_translations(self) -> NullTranslations:
        # Where Flask-Babel notes the locale of a page: to ask for it takes as long as all the rest.
        page = g.get("_flask_babel") if has_app_context() else None
        locale = getattr(page, "babel_locale", None) or get_locale()
        found: NullTranslations | None = self.cache.get(locale.language) if locale else None
        if found is None:
            found = super().get_translations()
            if locale:
                self.cache[locale.language] = found
        return found


class Speech(Babel):
    """Flask-Babel with one set of words."""

    domain_instance = Words()


db = Database(model_class=Base, session_options={"class_": RequestSession})
babel = Speech()
csrf = CSRFProtect()
