"""Who may read which class of text: the table that the portal's pages are held against, written by hand.

Letters: A the producer's own, B another one of the same commune, C of another commune of the district, D of another
district; E, F, G reports on the district, on the other district, on the province; M, N jobs of the manager and of the
other district's officer; P what belongs to the producer as a person, N to the other district's officer, Q to whoever
holds the link of an invitation, R to the administrator.
"""

EVERYWHERE, COMMUNE, BESIDE, DISTRICT, AWAY = "ABCD", "AB", "C", "ABC", "D"

# Officers who keep the records of producers; departments and managers do not.
KEPT = {
    "commune_officer": COMMUNE,
    "other_commune_officer": BESIDE,
    "district_officer": DISTRICT,
    "other_district_officer": AWAY,
    "province_officer": EVERYWHERE,
}
# Class of text → role → letters. "*" is everybody, signed in or not.
READS = {
    "name": {"*": EVERYWHERE},  # names of rated products and of their producers, and the certificate
    "shop": {"*": EVERYWHERE},  # where a rated product is sold today
    # A producer without rated products: who looks after its place, and who reads the list of producers there.
    "maker": dict.fromkeys(
        ("other_district_officer", "province_officer", "department_officer", "manager"), "D"
    ),
    "draft": {"producer": "A", "other_producer": "B"},  # ideas not sent
    "secret": {"producer": "A", "other_producer": "B"},  # dossiers not sent, with their evidence
    "idea": {
        "producer": "A",
        "other_producer": "B",
        "commune_officer": COMMUNE,
        "other_commune_officer": BESIDE,
        "district_officer": DISTRICT,
        "other_district_officer": AWAY,
        "province_officer": EVERYWHERE,
        "department_officer": EVERYWHERE,
        "manager": EVERYWHERE,
    },
    "dossier": {
        "producer": "A",
        "other_producer": "B",
        "commune_officer": COMMUNE,
        "other_commune_officer": BESIDE,
        "district_officer": DISTRICT,
        "other_district_officer": AWAY,
        "province_officer": EVERYWHERE,
        "department_officer": EVERYWHERE,
        "manager": EVERYWHERE,
        "judge": DISTRICT,
        "secretary": DISTRICT,
        "chair": DISTRICT,
        "other_judge": AWAY,
    },
    "case": {
        "district_officer": DISTRICT,
        "other_district_officer": AWAY,
        "province_officer": EVERYWHERE,
        "department_officer": EVERYWHERE,
        "manager": EVERYWHERE,
        "judge": DISTRICT,
        "secretary": DISTRICT,
        "chair": DISTRICT,
        "other_judge": AWAY,
    },
    # A sheet before the opening: its member alone, the judge's here.
    "sealed": {"judge": DISTRICT, "other_judge": AWAY},
    # Sheets after the opening: the council, and the officers who keep its papers.
    "sheet": {
        "judge": DISTRICT,
        "secretary": DISTRICT,
        "chair": DISTRICT,
        "other_judge": AWAY,
        "district_officer": DISTRICT,
        "other_district_officer": AWAY,
    },
    "report": {
        "district_officer": "E",
        "other_district_officer": "F",
        "province_officer": "EFG",
        "department_officer": "EFG",
        "manager": "EFG",
    },
    "job": {"manager": "M", "other_district_officer": "N"},
    # Names of officers, and of people invited to be one: those who lead there, and who may give such a role.
    "person": {
        "commune_officer": "A",
        "other_commune_officer": "C",
        "district_officer": "AC",
        "other_district_officer": "D",
        "province_officer": "ACD",
        "department_officer": "ACD",
        "manager": "ACD",
        "administrator": "ACD",
    },
    "invited": {
        "commune_officer": "A",
        "other_commune_officer": "C",
        "district_officer": "AC",
        "other_district_officer": "D",
        "province_officer": "ACD",
        "administrator": "ACD",
    },
    "guest": {"public": "Q", "administrator": "Q"},
    # What a person was told, asked for, took a copy of: theirs; requests are answered by administrators.
    "notice": {"producer": "P", "other_district_officer": "N"},
    "request": {"producer": "P", "other_district_officer": "N", "administrator": "PNR"},
    "copy": {"producer": "P", "other_district_officer": "N"},
    "old": {},  # a copy that has expired
    # Letters: officers of the place know that one was written; its text is the addressee's and the administrator's.
    "subject": {
        "producer": "A",
        "commune_officer": "A",
        "district_officer": "A",
        "other_district_officer": "D",
        "province_officer": "AD",
        "department_officer": "AD",
        "administrator": "AD",
    },
    "body": {"producer": "P", "other_district_officer": "N", "administrator": "PN"},
    "door": {"producer": "P", "other_district_officer": "N"},  # a letter with a link: its addressee alone
    # Products of a commune that is no more, until they are assigned: whoever looks after the place; their producers
    # stand in the list that departments and managers read.
    "lost": {
        "district_officer": "A",
        "other_district_officer": "D",
        "province_officer": "AD",
        "department_officer": "AD",
        "manager": "AD",
        "administrator": "AD",
    },
}
# What is written of where a producer sells, how it was strengthened, what officers saw and agreed there, what it
# received: its people, and who looks after its place.
for kind in ("trade", "visit", "grant"):
    READS[kind] = READS["idea"] | {}
# Contacts, logo, photos and the note of a producer without a public page: whoever may see it.
for kind in ("facts", "note"):
    READS[kind] = READS["idea"] | {}
READS |= {
    "shown": {"*": "AD"},  # the public page of a producer that takes part
    # Its people and who is invited among them: they, the officers who keep its record, administrators.
    "member": KEPT | {"producer": "A", "other_producer": "B", "administrator": EVERYWHERE},
    "joiner": {
        role: "Q"
        for role in ("public", "producer", "commune_officer", "district_officer", "province_officer")
    },
    # What a household typed that signed itself up: that person, here the one without a role, and those officers.
    "signup": KEPT | {"nobody": "A"},
    "import": {"commune_officer": "A", "other_district_officer": "D"},  # whoever sent the workbook
}
# Reasons stand in the trail, which administrators search.
for kind in ("draft", "secret", "idea", "dossier", "case"):
    READS[kind]["administrator"] = EVERYWHERE


def may_read(role):
    """Every (letter, class) that the role may meet anywhere."""
    return {
        (letter, kind)
        for kind, readers in READS.items()
        for letter in readers.get(role, "") + readers.get("*", "")
    }
