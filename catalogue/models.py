"""Every table of the site, for migrations and tests: importing this module fills `Base.metadata`.

And it has every session keep what conversations are found by (`finding`).
"""

from catalogue.accounts import models as accounts
from catalogue.activity import models as activity
from catalogue.consortia import by_law_models as by_laws
from catalogue.consortia import card_models as cards
from catalogue.consortia import interest_models as interests
from catalogue.consortia import maker_models as makers
from catalogue.consortia import models as consortia
from catalogue.database import Base
from catalogue.inquiries import address_models as addresses
from catalogue.inquiries import finding
from catalogue.inquiries import holding_models as holding
from catalogue.inquiries import inbox_models as inbox
from catalogue.inquiries import models as inquiries
from catalogue.inquiries import office_models as office
from catalogue.inquiries import question_models as questions
from catalogue.inquiries import reminder_models as reminders
from catalogue.inquiries import telling_models as telling
from catalogue.limits import LimitCount
from catalogue.mail import models as mail
from catalogue.media import models as media
from catalogue.media import upload_models as uploads
from catalogue.outbox import models as outbox
from catalogue.printing import models as printing
from catalogue.printing import record_models as records
from catalogue.privacy import models as privacy
from catalogue.products import clearing_models as clearing
from catalogue.products import models as products
from catalogue.products import right_models as rights
from catalogue.products.sheets import models as sheets
from catalogue.routing import capacity_models as capacity
from catalogue.routing import division_models as divisions
from catalogue.routing import handing_models as handing
from catalogue.routing import models as routing

__all__ = [
    "Base",
    "LimitCount",
    "accounts",
    "activity",
    "addresses",
    "by_laws",
    "capacity",
    "cards",
    "clearing",
    "consortia",
    "divisions",
    "finding",
    "handing",
    "holding",
    "inbox",
    "inquiries",
    "interests",
    "mail",
    "makers",
    "media",
    "office",
    "outbox",
    "printing",
    "privacy",
    "products",
    "questions",
    "records",
    "reminders",
    "rights",
    "routing",
    "sheets",
    "telling",
    "uploads",
]
