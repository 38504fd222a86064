"""An import is undone in the moment in which somebody saves one of its drafts: what was saved stays."""

import time
from dataclasses import replace
from threading import Thread

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from catalogue.database import begin_write
from catalogue.media.stores import FileStore
from catalogue.products import editing
from catalogue.products.models import Product
from catalogue.products.sheets import imports
from catalogue.products.sheets.accepting import store_import
from catalogue.products.sheets.looking import look_at_import
from catalogue.products.sheets.models import SheetImport
from catalogue.products.sheets.undoing import undo_import

SHEET = "ref,name_en,name_lo,weight_g\nA-1,Bowl,ຂັນເງິນ,412\n".encode()
A_MOMENT = 1.5


def test_what_is_being_saved_is_not_undone(session, engine, tmp_path, cast, at, make):
    store, firm, noy = FileStore(tmp_path / "media"), cast.firm_a, cast.noy
    brought = imports.bring(store, firm.consortium_id, SHEET, "sheet.csv")
    sheet = imports.begin(session, firm, brought, by=noy, at=at)
    sheet_id, noy_id, later = sheet.id, noy.id, make.later()
    session.commit()
    look_at_import(engine, store, sheet_id)
    for step in (imports.accept, imports.take_back):
        session.rollback()
        begin_write(session)
        step(session, session.get_one(SheetImport, sheet_id), by=noy, at=at)
        session.commit()
        store_import(engine, store, sheet_id, at=at)
    session.rollback()

    with Session(engine) as saving:
        begin_write(saving)
        product, by = saving.scalars(select(Product)).one(), saving.get_one(Person, noy_id)
        content = replace(editing.content_of(product.working), minimum_order=7)
        editing.edit(saving, product, content, opened_version=product.version, by=by, at=later)
        undoing = Thread(target=undo_import, args=(engine, sheet_id), kwargs={"at": later})
        undoing.start()
        time.sleep(A_MOMENT)
        saving.commit()
    undoing.join(60)

    session.expire_all()
    assert session.scalars(select(Product)).one().working.minimum_order == 7
