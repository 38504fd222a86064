"""Found one consortium in the database that the environment names.

python -m tests.endurance.found SLUG
"""

import sys

from catalogue.consortia.models import Consortium
from catalogue.database import writing
from catalogue.extensions import db
from catalogue.text import Bilingual
from catalogue.web.clock import now
from wsgi import app


def main() -> None:
    """Found it."""
    with app.app_context(), writing(db.engine) as session:
        session.add(
            Consortium(
                slug=sys.argv[1],
                code="MSC",
                sector_key="silver",
                name=Bilingual("ກຸ່ມທົດລອງ", "Endurance Consortium"),
                shared_contact_email="office@endurance.example",
                rotation_key="0" * 32,
                created_at=now(),
            )
        )


if __name__ == "__main__":
    main()
