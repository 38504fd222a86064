"""Who can sign in to the demonstration. Nothing is imported, so that a start which only prints it stays quick."""

# Everybody's, because the demonstration runs on one machine only (see `player.refuse_others`).
PASSWORD = "nine bowls on a shelf"

OPERATOR = ("Thip", "thip@sala.example")
OBSERVER = ("Phet", "phet@sme-office.example")
MANAGERS = {
    "silver": ("Noy", "noy@mekongsilver.example"),
    "silk": ("Keo", "keo@mekongsilk.example"),
    "handicraft": ("Dao", "dao@mekonghandicraft.example"),
    "furniture": ("Sone", "sone@mekongfurniture.example"),
    "rice": ("Vanh", "vanh@mekongrice.example"),
}
# The smiths; the people of the other consortia carry the names of their firms' contacts.
SMITHS = {
    "three-lotuses": ("Bounmy", "bounmy@three-lotuses.example"),
    "silver-naga": ("Somchan", "somchan@silver-naga.example"),
    "seven-hammers": ("Khamphan", "khamphan@seven-hammers.example"),
    "eight-sides": ("Sengdao", "sengdao@eight-sides.example"),
    "moon-wire": ("Latsamy", "latsamy@moon-wire.example"),
    "white-champa": ("Manivone", "manivone@white-champa.example"),
    "morning-bell": ("Phonesay", "phonesay@morning-bell.example"),
    "hill-mist": ("Vilay", "vilay@hill-mist.example"),
    "old-anvil": ("Thongdy", "thongdy@old-anvil.example"),
    "twin-palms": ("Souk", "souk@twin-palms.example"),
    "quiet-river": ("Ketmany", "ketmany@quiet-river.example"),
    "river-pebble": ("Chanh", "chanh@river-pebble.example"),
    "evening-star": ("Bouakham", "bouakham@evening-star.example"),
    "new-rice": ("Duangta", "duangta@new-rice.example"),
}

SIGN_INS = [
    *((f"manager, {slug}", email, PASSWORD) for slug, (_name, email) in MANAGERS.items()),
    ("member, Three Lotuses (silver)", SMITHS["three-lotuses"][1], PASSWORD),
    ("member, Morning Bell (silver)", SMITHS["morning-bell"][1], PASSWORD),
    ("observer, silver", OBSERVER[1], PASSWORD),
    ("operator", OPERATOR[1], PASSWORD),
]
