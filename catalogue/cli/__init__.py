"""The verbs of `flask --app wsgi`, one file a verb family."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Add every verb to the application."""
