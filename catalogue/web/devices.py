"""What a browser says of itself, in words that people know their phones by."""

SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Macintosh", "Linux")
BROWSERS = {
    "Edg/": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser/": "Samsung Internet",
    "Firefox/": "Firefox",
    "CriOS/": "Chrome",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}
# Browsers inside other programs: what is signed in there is not signed in where the person looks for it later.
INSIDE_OTHERS = ("; wv)", "FBAN", "FBAV", "FB_IAB", "Instagram", "Line/", "MicroMessenger", "WhatsApp", "Zalo")


def device_words(user_agent: str) -> str:
    """What a browser says of itself, short: "Chrome, Android"; empty when it says nothing that is known."""
    browser = next((name for mark, name in BROWSERS.items() if mark in user_agent), "")
    system = next((name for name in SYSTEMS if name in user_agent), "")
    return ", ".join(filter(None, (browser, system)))


def is_inside_another(user_agent: str) -> bool:
    """Whether the page opened inside another program, such as a messenger."""
    return any(mark in user_agent for mark in INSIDE_OTHERS)
