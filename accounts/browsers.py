"""What a browser calls itself, in words that people know."""

BROWSERS = (
    ("coc_coc", "Cốc Cốc"),
    ("edg", "Microsoft Edge"),
    ("opr/", "Opera"),
    ("firefox", "Firefox"),
    ("chrome", "Chrome"),
    ("safari", "Safari"),
)
SYSTEMS = (
    ("android", "Android"),
    ("iphone", "iPhone"),
    ("ipad", "iPad"),
    ("windows", "Windows"),
    ("mac os", "macOS"),
    ("linux", "Linux"),
)


def browser_name(text):
    """“Chrome trên Windows”; what is not known is not guessed."""
    low = text.lower()
    browser = next((name for sign, name in BROWSERS if sign in low), "Trình duyệt khác")
    system = next((name for sign, name in SYSTEMS if sign in low), "")
    return f"{browser} trên {system}" if system else browser
