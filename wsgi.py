"""The site as a WSGI application: `flask --app wsgi` and the web server start here."""

import sys

from catalogue.app import create_app
from catalogue.consortia.sector import BadSectorFile
from config import Settings, UnsafeSettings

try:
    app = create_app(Settings.from_environment())
except (UnsafeSettings, BadSectorFile) as refusal:
    sys.exit(f"Not started. {refusal}")
