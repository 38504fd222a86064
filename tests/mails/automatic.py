"""What machines answer: recorded, and never answered."""

from functools import partial

from tests.mails.case import Case, lines, plain

HEADERS = [
    ("auto-replied", {"Auto_Submitted": "auto-replied"}),
    ("auto-generated", {"Auto_Submitted": "auto-generated"}),
    ("auto-notified with parameters", {"Auto_Submitted": "auto-notified; owner-email=a@buyer.example"}),
    ("precedence bulk", {"Precedence": "bulk"}),
    ("precedence junk", {"Precedence": "Junk"}),
    ("precedence auto_reply", {"Precedence": "auto_reply"}),
    ("x-autoreply", {"X_Autoreply": "yes"}),
    ("x-autorespond", {"X_Autorespond": "Re: your inquiry"}),
    ("x-mail-autoreply", {"X_Mail_Autoreply": "1"}),
    ("x-vacation", {"X_Vacation": "yes"}),
    ("x-autoreply-from", {"X_Autoreply_From": "ana@buyer.example"}),
    ("precedence list", {"Precedence": "list"}),
    ("list", {"List_Id": "Shop news <news.buyer.example>"}),
    ("unsubscribe", {"List_Unsubscribe": "<mailto:leave@news.example>"}),
    ("no return path", {"Return_Path": "<>"}),
    ("from nobody who answers", {"From": "Shop <no-reply@shop.example>"}),
    ("from donotreply", {"From": "do-not-reply@bank.example"}),
]
SUBJECTS = [
    ("English", "Automatic reply: your inquiry"),
    ("English, out of office", "Out of Office: back on Monday"),
    ("English, out of the office until", "Out of the office until 3 May"),
    ("English, auto", "Auto: I am travelling"),
    ("German", "Automatische Antwort: Ihre Anfrage"),
    ("German, note", "Abwesenheitsnotiz: Re: Anfrage"),
    ("French", "Réponse automatique : votre demande"),
    ("French, absent", "Absence du bureau"),
    ("Spanish", "Respuesta automática: su consulta"),
    ("Chinese", "自动回复：您的询价"),
    ("Chinese, old", "自動回覆: 您的詢價"),
    ("Thai", "ตอบกลับอัตโนมัติ: สอบถาม"),
    ("Lao", "ຕອບກັບອັດຕະໂນມັດ: ຄຳຖາມ"),
    ("Japanese", "自動返信: お問い合わせ"),
    ("Dutch", "Automatisch antwoord: uw vraag"),
    ("English, in brackets", "[Auto-Reply] Re: your inquiry"),
    ("English, in three letters", "OOO: Re: your inquiry"),
    ("English, one word", "Out Of Office AutoReply: your inquiry"),
    ("English, holiday", "On holiday until 3 June"),
    ("English, leave", "On annual leave Re: your inquiry"),
    ("German, absent", "Abwesenheit: Ihre Anfrage"),
    ("German, holiday", "Ich bin im Urlaub"),
    ("French, answer of absence", "Réponse d'absence : votre demande"),
    ("French, leave", "Je suis en congés jusqu'au 3 juin"),
    ("Chinese, away", "外出自动回复"),
    ("Chinese, by whom", "來自李的自動回覆"),
    ("Thai, of a program", "การตอบกลับอัตโนมัติ: สอบถาม"),
    ("Thai, leave", "ลาพักร้อน ถึงวันที่ 3"),
    ("Lao, of a program", "ຕອບກັບແບບອັດຕະໂນມັດ: ຄຳຖາມ"),
    ("Vietnamese", "Trả lời tự động: yêu cầu"),
    ("Korean", "부재중 자동 응답"),
    ("Polish", "Automatyczna odpowiedź: zapytanie"),
    ("Russian", "Автоматический ответ: запрос"),
]


def _receipt(party):
    return lines(
        f"From: {party.buyer}",
        f"To: {party.to_buyer}",
        "Subject: Read: your inquiry",
        'Content-Type: multipart/report; report-type=disposition-notification; boundary="r"',
        "",
        "--r",
        "Content-Type: text/plain",
        "",
        "Your message was read.",
        "--r",
        "Content-Type: message/disposition-notification",
        "",
        "Disposition: manual-action/MDN-sent-manually; displayed",
        "--r--",
    )


AUTOMATIC = (
    *(Case(f"automatic: {name}", partial(plain, **given), "automatic") for name, given in HEADERS),
    *(Case(f"absent: {name}", partial(plain, Subject=subject), "automatic") for name, subject in SUBJECTS),
    Case("a receipt that it was read", _receipt, "automatic"),
    # What only looks like a machine.
    Case("auto-submitted: no", partial(plain, Auto_Submitted="no"), "append"),
    Case("office furniture", partial(plain, Subject="Out of office furniture, do you still make it?"), "append"),
    Case("holiday goods", partial(plain, Subject="On holiday packing: what is possible?"), "append"),
    Case("car parts", partial(plain, Subject="Automatic clasps for the boxes"), "append"),
    Case("absence of a mark", partial(plain, Subject="Absence de poinçon sur la coupe"), "append"),
    Case("an answer to an automatic one", partial(plain, Subject="Re: Automatic reply: your inquiry"), "append"),
    Case("exchange asks for no answer", partial(plain, X_Auto_Response_Suppress="OOF"), "append"),
    Case("urgent", partial(plain, Precedence="first-class", X_Priority="1"), "append"),
)
