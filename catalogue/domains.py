"""The endings of names on the internet that a contact is known by."""


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


SURE = _words(
    "com net org info biz shop store online site website app asia la th vn cn kh mm jp kr sg hk tw au eu uk fr ch nl es"
    " ru io co tv cc ly gl ai dev xyz top club link page live vip pro world gallery market trade global company email"
    " cloud example jewelry edu gov int ee pl cz dk ie nz za mx br cl gr hu tr ae lk np bd ຄອມ คอม"
)
ALSO_WORDS = _words("it in is me be at so to no my us id de do am as se fi pt ca ph gold art design group")
# Sure when typed with a dot; behind the word "dot" or "point" they may be the next word of a sentence.
ALSO_PLACES = _words(
    "la au es ai info shop store online site website club link page live vip pro world gallery market trade global top"
    " company email cloud example jewelry"
)
SECOND_LEVEL = _words("co com ac go or net org edu gov gob")
SHORT_HOSTS = _words("wa.me t.me m.me fb.me line.me lin.ee youtu.be")
