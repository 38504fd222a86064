"""Names on WhatsApp, LINE, WeChat, Facebook and the like, and invitations to meet there.

That a platform is named is no contact: people say where they saw a bowl. It is one with a name beside it, with a word
that owns it ("my", "ຂອງຮ້ານ"), or with an invitation ("add me on", "ທັກ", "搜索").
"""

import re

from catalogue.spans import Span, without
from catalogue.typed_apart import typed_apart

LETTER = "A-Za-z0-9\u00c0-\u024f"

# -- platforms --

PLATFORM_WORDS = (
    r"(?<![A-Za-z])(?:wh?[ao]t(?:'?s ?-?|s?)ap{1,2}|what ?app|we ?chat|wei ?xin|face ?book|messenger|insta(?:gram)?"
    r"|telegram|viber|zalo|skype|tik ?tok|kakao(?: ?talk)?|snapchat|linked ?in|twitter|pinterest|youtube|douyin"
    r"|xiao ?hong ?shu|weibo|taobao|kuaishou|shopee|lazada|etsy|discord|threema)(?![a-z])",
    r"ວ[ອັໍ]+[ດທຕ](?:ສ໌?|ສະ)? ?ແອັ?[ບປພ]|ເຟ[ສຊດ] ?ບຸ[໊ກ]?ກ?|ເຟ[ສຊ]"
    r"|ວີແຊ[ັ໋໊]?[ດທ]|(?<!ອອນ)(?<!ແອ)ໄລ[ນຍ]໌|ໄອຈີ|ອິນສະ?ຕາ(?:ແກ[ຣລ]ມ)?",
    r"ຕິ[ກ໊]?ກ?ຕ໊?ອກ|ເທເລແກ[ຣລ]ມ|ແ?ເ?ມ[ັດສ]+ ?ເຊັນເ[ຈຊ]ີ|ໄວເບີ|ຊາໂລ|ຢູທູບ|ໄອດີ ?ລາຍ(?=[ :=A-Za-z0-9])",
    r"อินสตา(?:แกรม)?|ไอจี|เฟ[ซสช] ?บุ[๊้]?[กค]|เฟ[ซส]"
    r"|ว[อั็]+[ตทด]ส?์? ?แอ[ปพบ]ป?|(?<!ออน)(?<!แอร์)ไลน์(?!การ|ผลิต|สินค้า|อาร์ต|แดน|นี้)|วีแช[ทต]|เทเลแกรม"
    r"|ติ๊?ก ?ต[๊็]?อก|แมสเซนเจอร์|ยูทูบ|ช้อปปี้|ลาซาด้า",
    r"[微薇Vv]·?信|[威维徽围]信(?=号|[: ]{0,2}[A-Za-z0-9])|卫星(?=[:号])"
    "|脸书|脸谱|电报|抖音|小红书|淘宝|微博|快手|拼多多|闲鱼|旺旺|公众号|视频号|[Ii]nstagram",
)
LOCAL_PLATFORM = "|".join(PLATFORM_WORDS[1:-1])
# Spelled letter by letter, which is done only to hide it: its neighbours may be spelled as well.
SPELLED_PLATFORM = re.compile(PLATFORM_WORDS[0].removeprefix("(?<![A-Za-z])").removesuffix("(?![a-z])"), re.IGNORECASE)
PLATFORM = f"(?:{'|'.join(PLATFORM_WORDS)})"
SHORT = "(?<![A-Za-z])(?:FB|IG|WA|TG|VX|WX|QQ|line)(?![A-Za-z])"
COLOUR = "(?:red|orange|yellow|green|blue|violet|brown|black|white|gr[ea]y)"
CAPITALS = f"(?-i:LINE|FB|IG|WA|Signal(?! {COLOUR}))(?![A-Za-z])"  # small letters are words of their own
PLACE = f"(?:{PLATFORM}|{CAPITALS})"

# -- names --

NAME = r"@?[A-Za-z0-9_.\-]{3,40}"
SPECIAL_NAME = r"(?=[A-Za-z._\-]{0,40}[0-9_.@])@?(?=[^\s]{0,40}[A-Za-z])[A-Za-z0-9_.\-]{2,40}[A-Za-z0-9_]"
PROPER_NAME = r"(?-i:[A-Z][A-Za-zÀ-ÿ'’&]{1,20}(?: [A-Z0-9][A-Za-zÀ-ÿ'’&0-9]{0,20}){1,4})"
JOINED_NAME = "(?-i:[A-Z][a-z]{1,20}(?:[A-Z][a-z]{1,20}){1,4})"
QUOTED_NAME = "[\"“”«»'「『《][^\"“”«»'」』》\n]{2,40}[\"“”«»'」』》]"
ANY_NAME = f"(?:{SPECIAL_NAME}|{PROPER_NAME}|{QUOTED_NAME})"
CALLED = (
    "(?:id|account|user ?name|name|handle|page|contact|profile|channel|compte|profil|pseudo|nom|chaîne"
    "|ໄອດີ|ຊື່|ຊ່ອງ|ເພຈ|ไอดี|ชื่อ|ช่อง|เพจ"
    "|账号|号|搜|同名|频道)"
)
IS_LOCAL = "(?:ແມ່ນ ?|คือ ?|是 ?)"
IS = f"(?:is |est |{IS_LOCAL})"
MINE = "(?:ຂອງ ?(?:ຂ້ອຍ|ເຮົາ|ພວກເຮົາ|ຂ້າພະເຈົ້າ|ຮ້ານ)|ຂ້ອຍ|ຮ້ານ|ของ ?(?:ฉัน|ผม|เรา|ร้าน)|ร้าน)"
WE_ARE = (
    "(?:we are|we're|i am|i'm|it is|it's|under|as|by the name|called|named|je suis|nous sommes|c'est|sous le nom"
    "|mon nom|notre page|ຊື່ວ່າ|ຊື່|ແມ່ນ|ใช้ชื่อ|ชื่อ|คือ|名叫|叫做?|是)"
)

NOT_WORK = (
    "(?! (?:team|videos?|posts?|campaign|ads?|followers|customers|stor(?:y|ies)|marketing|manager|audience)(?![a-z]))"
)

# -- invitations --

DO = "(?:add|find|contact|message|text|reach|follow|chat|write|call|ping|dm|pm|talk|join|send)"
SEARCH = "(?:search(?: for)?|look (?:up|for)|find|cherchez|trouvez|retrouvez|ຊອກຫາ|ຊອກ|ຄົ້ນຫາ|ค้นหา|หา|เสิร์ช)"
THERE = "(?:on|in|at|via|sur|dans|ໃນ|ທາງ|ใน|บน|ทาง)"
INVITED = (
    "(?:(?:message|text|write(?: to)?|add|dm|pm|find|contact|follow|chat with|ping|inbox) (?:me|us)(?![a-z])"
    "|(?:écrivez|contactez|ajoutez|suivez|appelez|joignez)[- ](?:moi|nous)"
    "|ທັກ(?: ?ຂໍ້ຄວາມ)? ?(?:ມາ|ຫາ|ໄດ້|ເລີຍ)|ແອັດ(?:ມາ|ໄດ້)|อินบ็?อก[ซส]์?|ทัก ?(?:มา|หา|ได้|แชท|เลย)|แอดมา"
    "|私[信聊]|[加找]我|联系我|关注|搜索?)"
)
HANDLE_WAYS = (
    # named: "Line ID: silver88", "FB: laosilver", "Instagram lao_silver", "@lao_silver"
    rf"(?:{PLATFORM}|{SHORT})(?: ?{CALLED}){{1,2}} {{0,2}}[:=]? {{0,2}}{IS}?{NAME}",
    rf"(?<![A-Za-z])(?:ID (?:line|{PLATFORM})|lineid) ?[:=]? ?(?:{IS}{SPECIAL_NAME}|{IS_LOCAL}?{NAME})"
    rf"|(?:ໄອດີ|ไอดี) ?{PLACE} ?[:=]? ?{NAME}",
    rf"{PLATFORM} ?{CALLED} ?:? ?{ANY_NAME}|{PLATFORM} ?(?:ຊື່|ใช้ชื่อ|ชื่อ|名叫|叫)[ :]?[^\s,.。]{{2,30}}",
    rf"(?:{LOCAL_PLATFORM}) ?:? (?-i:[a-z][a-z0-9_.]{{3,30}})(?![A-Za-z])|skype ?:? ?live:[^\s,;]{{2,40}}",
    rf"(?<![A-Za-z0-9_.\-])(?=[a-z0-9]{{0,30}}[_.0-9][a-z0-9])(?-i:[a-z][a-z0-9_.]{{3,30}}) ?{THERE} ?{PLACE}",
    rf"(?<![A-Za-z])(?:google|baidu|百度) ?(?:for |搜索?)?(?:{QUOTED_NAME}|{PROPER_NAME})",
    rf"{PLATFORM}(?: ?{CALLED})? {{0,2}}[:=@] {{0,2}}(?![+(]?[0-9]{{3}})[^\s,;]{{2,60}}(?: (?-i:[A-Z])[a-z]+){{0,3}}",
    rf"(?:(?!(?-i:[Ll]ine)){SHORT}) ?[:=] ?@?(?![0-9.,]+(?:[ \n]|$))(?!a |an |the ){NAME}",
    rf"{PLATFORM} ?(?:-|{IS})? {{0,2}}{SPECIAL_NAME}",
    rf"(?<![A-Za-z])(?:FB|IG|QQ|VX|WX|LINE)(?: ?[:=] ?| | is ){SPECIAL_NAME}"
    r"|(?:(?<![A-Za-z])QQ|扣扣|企鹅) ?号?[ :=]{0,2}[0-9](?:[ -]?[0-9]){4,11}",
    rf"(?<![A-Za-z])(?-i:S(?:ignal|IGNAL))(?: ?{CALLED})?[ :=,(-]{{1,3}}{IS}?@?"
    r"(?-i:[a-z][a-z0-9_]{2,31}\.[0-9]{2,5})",
    rf"(?<![A-Za-z])(?:i am|i'm|we are|we're|je suis|nous sommes) (?:also |aussi )?(?:on|sur) {PLACE}[ ,:(]{{1,3}}"
    rf"(?:as |under |sous )?{ANY_NAME}",
    rf"(?<![{LETTER}_.@/%+'-])@[A-Za-z_][A-Za-z0-9_.]{{2,29}}",
    rf"(?:{PLATFORM}|(?<![A-Za-z])(?-i:FB|IG)(?![A-Za-z])):? {{0,2}}(?:{PROPER_NAME}|{QUOTED_NAME})",
    rf"{PLACE}[ ,:]{{0,3}}{WE_ARE}[ :]{{0,2}}(?:{ANY_NAME}|[\u4e00-\u9fff]{{2,12}})",
    rf"(?:[+加➕]|私)(?:我|一下|个)?(?:V|W?VX|WX|[薇微威]|扣扣|企鹅|Q)(?![A-Za-z\u4e00-\u9fff])"
    rf"[ :号]{{0,3}}(?:{NAME})?",
    rf"(?<![A-Za-z])(?:[VQ]|[薇微威扣])号?[:=] ?(?=[A-Za-z0-9_.\-]{{0,40}}[A-Za-z_]){NAME}",
    rf"(?:(?<![蔷紫])薇[ ·]{{1,3}}|[微威扣]·{{1,2}} ?){SPECIAL_NAME}",
    r"(?:ໄອດີ|ไอดี) ?[:=]? ?(?=[A-Za-z._]{0,40}[a-z0-9_.])(?=[0-9_.]{0,40}[a-z])[a-z0-9_.]{4,40}",
    rf"(?:ເພຈ|ເພສ|ເພັດ|เพจ|主页|公众号)(?:ຊື່|ชื่อ|叫)? ?:? ?(?:{QUOTED_NAME}|{PROPER_NAME})",
    rf"{PLATFORM} (?:me|us)(?![a-z])|(?:inbox|ອິນບ[ັອ]+ກ|อินบ็อกซ์) ?{PLACE}",
    r"(?<![A-Za-z] )(?-i:Line) ?: ?@?(?-i:[a-z][a-z0-9_.]{3,30})(?=[ .,;]{0,2}(?:\n|\Z))",
    # owned: "my WhatsApp", "ເຟສຂອງຮ້ານ"
    rf"(?<![A-Za-z])(?:my|our|mon|notre) (?:own |personal )?(?:{PLACE}|line id){NOT_WORK}",
    rf"{PLATFORM} ?{MINE}",
    # invited: "add me on ...", "ຕິດຕໍ່ທາງ ເຟສບຸກ"
    rf"(?<![A-Za-z]){DO}(?: (?:with|to|it))?(?: (?:me|us))? (?:on |by |via |at |in |through |with |using )?"
    rf"(?:my |our )?{PLACE}",
    r"(?<![A-Za-z])(?:add|dm|pm) (?:me|us) (?:on|at|via) [A-Za-z]{2,20}(?![A-Za-z])",
    r"(?<![A-Za-z])(?:ajoutez|contactez|écrivez|appelez|joignez|suivez|retrouvez)[- ](?:moi|nous) (?:sur|par|via) "
    rf"{PLACE}",
    rf"(?:ແອັດ|ແອດ|ເພີ່ມ|ຕິດຕໍ່|ທັກ|ໂທ|ຕິດຕາມ|ຜ່ານ|ທາງ(?!ຮ້ານ|ເຮົາ|ພວກ|ບໍລິສັດ|ກຸ່ມ)|ສົ່ງ)[\u0e80-\u0eff ]{{0,20}}?{PLACE}",
    rf"(?:แอด|เพิ่ม|ติดต่อ|ทัก|โทร|ผ่าน|ทาง(?!ร้าน|เรา|บริษัท|กลุ่ม)|ส่ง)[\u0e01-\u0e5b ]{{0,20}}?{PLACE}",
    r"(?:加|我的|联系)(?:我|我的|一下)?(?:微信|薇信|QQ|WhatsApp|LINE|VX|WX)",
    rf"{PLATFORM}(?:上|里|号|平台|店铺)?(?:搜索?|关注|私信|私聊|找我|联系|加我|店铺?名叫?|名叫|同名)"
    r"[ :]?[^\s,。;\n]{0,20}",
    # looked for: "search for Three Lotuses on Facebook"
    rf"(?<![A-Za-z]){SEARCH}[ ]?(?:ເພຈ|เพจ|ຮ້ານ|ร้าน|page|la page)?[ :]{{0,2}}(?:{ANY_NAME}|{JOINED_NAME}) ?{THERE}"
    rf" ?{PLACE}",
    # and, in the same sentence, to be written to there: "FB Three Lotuses, message me there"
    rf"{PLACE}[^.\n!?。]{{0,40}}?{INVITED}",
    rf"(?<![A-Za-z]){INVITED}[^.\n!?。0-9]{{0,20}}?{PLACE}",
)
# A name that follows is hidden with the invitation.
HANDLE = re.compile(rf"(?:{'|'.join(HANDLE_WAYS)})(?:[ :=]{{0,3}}{IS}?{SPECIAL_NAME})?", re.IGNORECASE)
# Every handle holds one of these; most texts hold none, and are spared the long search.
HINTS = (
    *("@", "chat", "wei", "facebook", "face book", "messenger", "insta", "telegram", "viber", "zalo", "skype", "tik"),
    *("kakao", "linked", "twitter", "pinterest", "youtube", "douyin", "xiao", "taobao", "kuaishou", "shopee", "lazada"),
    *("etsy", "discord", "google", "baidu", "ແອບ", "ແອັ", "ບຸ", "ເຟ", "ແຊ", "ໄລ", "ໄອຈີ", "ອິນສ", "ຕິ", "ແກຣມ", "ແກລມ"),
    *("ເຊັນເ", "ໄວເບີ", "ຊາໂລ", "ຢູທູບ", "ໄອດີ", "ເພ", "อินสตา", "ไอจี", "เฟ", "แอ", "ไลน์", "แช", "แกรม", "ต๊อก"),
    *("ตอก", "ต็อก", "แมส", "ยูทูบ", "ช้อปปี้", "ลาซาด้า", "ไอดี", "เพจ", "信", "书", "脸", "电报", "音", "淘宝", "微"),
    *("快手", "拼多多", "闲鱼", "旺旺", "百度", "号", "薇", "威", "扣", "加", "+v", "+w", "+q", "企鹅", "主页"),
    "threema",
)
SHORT_HINT = re.compile(
    "signal|[ao]t'?s? ?-?s?ap|we chat|(?<![a-z])(?:fb|ig|wa|tg|vx|wx|qq|line|lineid)(?![a-z])|(?:add|dm|pm) (?:me|us) "
    "|(?<![a-z])[vq][:=]"
)


def handles(text: str) -> list[Span]:
    """Where plain text (`leaks.plain`) names or offers a handle, in order, without overlap. Linear in the text."""
    apart = [span for span, joined in typed_apart(text) if SPELLED_PLATFORM.search(joined)]
    text = without(text, apart)
    lowered = text.lower()
    if not any(hint in lowered for hint in HINTS) and not SHORT_HINT.search(lowered):
        return apart
    return sorted(apart + [_trimmed(found) for found in HANDLE.finditer(text) if not _is_refused(found)])


# -- what is said of a platform, and is no invitation to it --

NO = (
    r"(?:(?<![A-Za-z])(?:not|no|never|without|instead of|rather than|don't|doesn't|pas|sans|ni)"
    r"(?: (?:use|have|on|via|by|at|de|sur|par|a|any)){0,3}|n'(?:ai|avons|utilise|utilisons) pas"
    r"|(?<![A-Za-z])(?:do not|don't|never|cannot|can't)(?: please)?"
    r" (?:send|write|call|text|message|contact|reply|answer)(?: (?:me|us|to|a|any|by|on|via|through)){0,3}"
    r"|ບໍ່(?:ມີ|ໃຊ້|ໄດ້ໃຊ້|ເອົາ)?|ไม่(?:มี|ใช้|ได้ใช้|เอา)?|不[用想是]|没有?)"
)
REFUSED = re.compile(rf"{NO} ?{PLACE}|(?:ບໍ່|ไม่)(?:(?!ແອັດ|ທັກ|ทัก|แอด)[\u0e01-\u0edf]){{0,12}}{PLACE}", re.IGNORECASE)
ASKED = re.compile(r" ?(?:ບໍ່?(?:[? ]|$)|ໄໝ|ไหม|มั้ย|หรือเปล่า|吗)")
HERE = re.compile(
    r"[ ,:]{0,2}(?:here|ici|(?:on|in|through|via|at) (?:this|the) (?:page|site|office|thread|form)"
    r"|(?:sur|dans) (?:cette|ce) (?:page|site)|ທີ່ນີ້|ທາງນີ້|ໜ້ານີ້|ຫ້ອງການ|ที่นี่|ทางนี้|หน้านี้|在?这里|此处)",
    re.IGNORECASE,
)
SHOWN = re.compile(  # what a buyer means to do on pages of its own
    r"(?<![A-Za-z])(?:to|will|would|may|can|could|might|we'll) (?:show|post|publish|put|present|share|display|feature)"
    r"(?![a-z])[^.!?\n]{0,40} (?:on|in) $",
    re.IGNORECASE,
)
NAMED = re.compile(SPECIAL_NAME)


def _is_refused(found: re.Match[str]) -> bool:
    """A platform that nobody uses or that is asked for, an invitation to write here; never with a name beside it."""
    if NAMED.search(found[0]):
        return False
    text, start, end = found.string, found.start(), found.end()
    if HERE.match(text, end) or ASKED.match(text, end):
        return True
    if SHOWN.search(text[max(0, start - 72) : start]):
        return True
    return REFUSED.search(text, max(0, start - 24), end) is not None


def _trimmed(found: re.Match[str]) -> Span:
    return found.start(), found.start() + len(found[0].rstrip(".,;:!?)]}'»-"))
