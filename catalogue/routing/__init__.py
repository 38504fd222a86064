"""Who is asked to make what, what they offer, how it is divided among them, and how fairly."""

from catalogue.routing.awarding import award

__all__ = ["award"]
