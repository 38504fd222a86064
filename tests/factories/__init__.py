"""Factories: a thing with everything it needs, so that a test says only what it is about."""

from tests.factories.base import NOW, Factories
from tests.factories.routing import RoutingFactories

__all__ = ["NOW", "Factories", "Make"]


class Make(RoutingFactories):
    """Every factory there is; each family stands on those of the subjects below it. What is made is committed."""
