"""What is due: letters and jobs that the tested act has put into the outbox."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.outbox.models import Due, Lane


class Outbox:
    """The rows due, oldest first."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def rows(self) -> Sequence[Due]:
        """Letters and jobs."""
        return self.session.scalars(select(Due).order_by(Due.id)).all()

    def letters(self, kind: str | None = None) -> list[Due]:
        """Letters, of one kind or of all."""
        return [due for due in self.rows() if due.lane is Lane.LETTER and kind in {None, due.kind}]

    def jobs(self, kind: str | None = None) -> list[Due]:
        """Jobs, of one kind or of all."""
        return [due for due in self.rows() if due.lane is not Lane.LETTER and kind in {None, due.kind}]

    def kinds(self) -> list[str]:
        """The kinds of everything due."""
        return [due.kind for due in self.rows()]
