"""The Flask extensions, unbound until `create_app` binds them."""

from typing import TYPE_CHECKING, Any

from flask_babel import Babel
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from flask_wtf import CSRFProtect

from catalogue.models import Base


class RequestSession(Session):
    """The session of a request; with `info["write"]` its transaction takes the write lock at its first query."""

    def get_bind(self, *args: Any, **kwargs: Any) -> Any:
        bind = super().get_bind(*args, **kwargs)
        if not self.info.get("write"):
            return bind
        # The same object each time: a session opens one connection for each engine that it is given.
        return self.info.setdefault("writing bind", bind.execution_options(write=True))


class Database(SQLAlchemy):
    """Flask-SQLAlchemy; its `session` finds the request's and hands every call on, so it is typed as one."""

    if TYPE_CHECKING:
        session: Session  # type: ignore[assignment]


db = Database(model_class=Base, session_options={"class_": RequestSession})
babel = Babel()
csrf = CSRFProtect()
