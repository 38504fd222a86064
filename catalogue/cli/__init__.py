"""The verbs of `flask --app wsgi`, one file a verb family."""

from flask import Flask

from catalogue.cli import people


def init_app(app: Flask) -> None:
    """Add every verb to the application."""
    people.init_app(app)
