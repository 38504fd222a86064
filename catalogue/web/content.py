"""What templates may call to say a thing: texts in a language, money, weights, sizes, dates."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Give templates these words."""
