"""The verbs of `flask --app wsgi`, one file a verb family."""

from flask import Flask

from catalogue.cli import demo, doctor, log, people, search, shape, sheets, work


def init_app(app: Flask) -> None:
    """Add every verb to the application."""
    people.init_app(app)
    work.init_app(app)
    log.init_app(app)
    doctor.init_app(app)
    shape.init_app(app)
    demo.init_app(app)
    sheets.init_app(app)
    search.init_app(app)
