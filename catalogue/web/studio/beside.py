"""What every page of the studio shows beside its own matter."""

from typing import Any

from flask import render_template

from catalogue.consortia.models import Consortium, Member
from catalogue.web.signed_in import signed_in


def studio_page(template: str, consortium: Consortium, member: Member, active: str, **values: Any) -> str:
    """A page of the studio, under the name of the firm."""
    return render_template(
        template,
        consortium=consortium,
        is_demo=consortium.is_demo,
        member=member,
        member_name=member.name,
        person=signed_in(),
        nav=active,
        **values,
    )
