"""Letters: one function a letter says to whom and what; its words lie in templates/mail/."""

from catalogue.notices.delivery import deliver

__all__ = ["deliver"]
