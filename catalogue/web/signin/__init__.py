"""Sign-in: coming in and going out."""

from flask import Blueprint

blueprint = Blueprint("signin", __name__)
