"""The words that made products are named with, Lao beside English; the sector's own words come from its data file."""

from catalogue.text import Bilingual

Words = tuple[Bilingual, ...]


def _words(*pairs: tuple[str, str]) -> Words:
    return tuple(Bilingual(lo, en) for lo, en in pairs)


# What is made, by the sector's category; weights in grams follow in WEIGHTS.
THINGS: dict[str, Words] = {
    "bowls": _words(("ຂັນ", "bowl"), ("ໂອ", "water bowl"), ("ຂັນໂຕກ", "offering bowl"), ("ຖ້ວຍ", "finger bowl")),
    "boxes": _words(("ກ່ອງ", "box"), ("ແອບ", "lidded box"), ("ກ່ອງໝາກ", "betel box"), ("ແອບຢາ", "pill box")),
    "vessels": _words(("ໂຖ", "jar"), ("ຄົນໂທ", "ewer"), ("ແຈກັນ", "vase"), ("ໄຫນ້ອຍ", "small jar")),
    "trays": _words(("ຖາດ", "tray"), ("ຈານ", "plate"), ("ພານ", "footed tray"), ("ຈານຮອງ", "saucer")),
    "tea-and-drink": _words(("ຈອກ", "cup"), ("ການ້ຳຊາ", "teapot"), ("ຈອກນ້ຳຊາ", "tea cup"), ("ກະຕຸກນ້ຳ", "flask")),
    "tableware": _words(("ບ່ວງ", "spoon"), ("ສ້ອມ", "fork"), ("ມີດ", "butter knife"), ("ຫ່ວງຜ້າເຊັດມື", "napkin ring")),
    "jewellery": _words(("ສາຍແຂນ", "bracelet"), ("ແຫວນ", "ring"), ("ສາຍຄໍ", "necklace"), ("ຕຸ້ມຫູ", "earrings")),
    "dress": _words(("ປິ່ນປັກຜົມ", "hairpin"), ("ສາຍແອວ", "belt"), ("ເຂັມກັດ", "brooch"), ("ກະດຸມ", "button")),
    "altar": _words(("ຕີນທຽນ", "candlestick"), ("ຂັນດອກໄມ້", "flower cup"), ("ກະຖາງທູບ", "incense holder")),
    "gifts": _words(("ກອບຮູບ", "photo frame"), ("ທີ່ຄັ່ນປຶ້ມ", "bookmark"), ("ຮູບຊ້າງ", "elephant figure")),
}
WEIGHTS = {"jewellery": (4, 90), "dress": (6, 240), "tableware": (18, 95), "gifts": (15, 320)}
OTHER_WEIGHTS = (60, 1400)

FINISHES = _words(
    ("ຂັດເງົາ", "polished"),
    ("ດ້ານ", "matt"),
    ("ແບບດັ້ງເດີມ", "traditional"),
    ("ແບບໂບຮານ", "old-style"),
    ("ທັນສະໄໝ", "modern"),
    ("ຮົມດຳ", "darkened"),
    ("ຊຸບຄຳ", "gilded"),
    ("ເຮັດດ້ວຍມື", "handmade"),
    ("ລະອຽດ", "fine"),
    ("ນ້ອຍ", "small"),
    ("ໃຫຍ່", "large"),
)
MOTIFS = _words(
    ("ດອກຈຳປາ", "champa flower"),
    ("ດອກບົວ", "lotus"),
    ("ນາກ", "naga"),
    ("ຊ້າງ", "elephant"),
    ("ນົກຍູງ", "peacock"),
    ("ໃບໂພ", "bodhi leaf"),
    ("ຫອຍ", "spiral"),
    ("ຕາແສງ", "diamond"),
    ("ຄື້ນນ້ຳຂອງ", "Mekong wave"),
    ("ກາບພ້າວ", "palm leaf"),
    ("ສິບສອງລາສີ", "twelve zodiac signs"),
    ("ເຄືອວັນ", "vine"),
)
# Whole sentences about a product, to be filled in: {thing} {finish} {motif} {village} {days} {pieces} {grams}.
SENTENCES = _words(
    ("{thing}ແຕ່ລະອັນເຮັດໂດຍຊ່າງຄົນດຽວຢູ່{village}.", "Each {thing} is made by one smith in {village}."),
    ("ລາຍ{motif}ສືບທອດມາແຕ່ພໍ່ແມ່.", "The {motif} pattern was handed down from parents to children."),
    ("ເຮັດອັນໜຶ່ງໃຊ້ເວລາປະມານ {days} ມື້.", "One piece takes about {days} days."),
    ("ຂຽນຊື່ ຫຼື ກາຂອງຜູ້ຊື້ໃສ່ໄດ້ເມື່ອສັ່ງ {pieces} ອັນ.", "From {pieces} pieces up, a name or mark can be engraved."),
    ("ນ້ຳໜັກອາດຕ່າງກັນເລັກນ້ອຍ ເພາະຕີດ້ວຍຄ້ອນ.", "Weights differ a little, because each is hammered by hand."),
    ("ຊ່າງໃຊ້ເງິນແທ່ງທີ່ກວດແລ້ວ ໜັກປະມານ {grams} ກຼາມ.", "About {grams} grams of assayed silver go into it."),
    ("ໃສ່ກ່ອງເຈ້ຍສາພ້ອມໃບບອກຊື່ຊ່າງ.", "It comes in a box of mulberry paper, with a card that tells of its maker."),
    ("ຜິວ{finish} ເຊັດດ້ວຍຜ້າແຫ້ງກໍພໍ.", "The {finish} surface needs a dry cloth and nothing more."),
    ("ຄູ່ກັນໄດ້ກັບເຄື່ອງອື່ນຂອງກຸ່ມທີ່ມີລາຍ{motif}.", "It goes with other pieces of the consortium that show the {motif}."),
    ("ແຕ່ກ່ອນໃຊ້ໃນງານບາຊີ ແລະ ງານແຕ່ງດອງ.", "It was once used at baci ceremonies and at weddings."),
)
VILLAGES = _words(
    ("ບ້ານຕົວຢ່າງເໜືອ", "Upper Example Village"),
    ("ບ້ານຕົວຢ່າງໃຕ້", "Lower Example Village"),
    ("ບ້ານຕົວຢ່າງກາງ", "Middle Example Village"),
    ("ບ້ານຕົວຢ່າງໃໝ່", "New Example Village"),
)
FIRMS = _words(
    ("ໂຮງຊ່າງດອກບົວ", "Lotus Workshop"),
    ("ໂຮງຊ່າງແມ່ນ້ຳຂອງ", "Mekong Workshop"),
    ("ໂຮງຊ່າງພູທອງ", "Golden Hill Workshop"),
    ("ໂຮງຊ່າງຮຸ້ງ", "Rainbow Workshop"),
    ("ໂຮງຊ່າງຕາເວັນ", "Sun Workshop"),
)
PROVINCES = _words(("ນະຄອນຫຼວງວຽງຈັນ", "Vientiane Capital"), ("ຫຼວງພະບາງ", "Luang Prabang"), ("ຈຳປາສັກ", "Champasak"))
CARE = Bilingual("ເຊັດດ້ວຍຜ້າອ່ອນ. ເກັບໄວ້ບ່ອນແຫ້ງ.", "Wipe with a soft cloth. Keep it dry.")
