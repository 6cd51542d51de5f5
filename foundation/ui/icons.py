"""The few icons of the portal, drawn on a 24 × 24 grid with one stroke, so that they follow the text's
colour.
"""

ICONS = {
    "alert": "M12 4 21 19.5H3L12 4Z M12 10v4.5 M12 17v.3",
    "arrow-left": "M19 12H5 M11 6l-6 6 6 6",
    "arrow-right": "M5 12h14 M13 6l6 6-6 6",
    "bell": "M6 16V11a6 6 0 0 1 12 0v5l1.5 2h-15L6 16Z M10 20.5h4",
    "calendar": "M4 6h16v14H4Z M4 10h16 M8 3.5V8 M16 3.5V8",
    "chart": "M4 4v16h16 M8 16v-4 M12 16V8 M16 16v-6",
    "check": "M5 12.5 10 17.5 19 7",
    "clock": "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17Z M12 7.5V12l3 2",
    "close": "M6 6l12 12 M18 6 6 18",
    "download": "M12 4v11 M7 10.5l5 5 5-5 M5 20h14",
    "edit": "M4 20l1-4L16.5 4.5l3 3L8 19l-4 1Z M14 7l3 3",
    "external": "M14 4h6v6 M20 4 11 13 M18 14v6H4V6h6",
    "file": "M6 3.5h8l4 4v13H6Z M14 3.5v4h4 M9 12h6 M9 15.5h6",
    "filter": "M4 6h16 M7 12h10 M10 18h4",
    "home": "M4 11.5 12 4.5l8 7 M6.5 10v9.5h11V10",
    "info": "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17Z M12 11v5.5 M12 7.5v.3",
    "lock": "M6 11h12v9H6Z M9 11V8a3 3 0 0 1 6 0v3",
    "mail": "M4 6h16v12H4Z M4 7l8 6 8-6",
    "menu": "M4 7h16 M4 12h16 M4 17h16",
    "phone": (
        "M6.5 4h3l1.5 4-2 1.5a10 10 0 0 0 5.5 5.5l1.5-2 4 1.5v3a2 2 0 0 1-2 2"
        "A14.5 14.5 0 0 1 4.5 6a2 2 0 0 1 2-2Z"
    ),
    "pin": (
        "M12 21s7-6.2 7-11a7 7 0 1 0-14 0c0 4.8 7 11 7 11Z M12 7.7a2.3 2.3 0 1 0 0 4.6 2.3 2.3 0 0 0 0-4.6Z"
    ),
    "plus": "M12 5v14 M5 12h14",
    "print": "M7 9V4h10v5 M7 17H4V9h16v8h-3 M7 14h10v6H7Z",
    "search": "M11 4.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Z M16 16l4 4",
    "trash": "M5 7h14 M9 7V4.5h6V7 M7 7l1 13h8l1-13 M10.5 11v5 M13.5 11v5",
    "upload": "M12 16V5 M7 9.5l5-5 5 5 M5 20h14",
    "user": "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8Z M4.5 20.5c.8-4 3.8-6 7.5-6s6.7 2 7.5 6",
}
