"""Who may read which class of text: the table that the portal's pages are held against, written by hand.

Letters: A the producer's own, B another one of the same commune, C of another commune of the district, D of another
district; E, F, G reports on the district, on the other district, on the province; M, N jobs of the manager and of the
other district's officer.
"""

EVERYWHERE, COMMUNE, BESIDE, DISTRICT, AWAY = "ABCD", "AB", "C", "ABC", "D"

# Class of text → role → letters. "*" is everybody, signed in or not.
READS = {
    "name": {"*": EVERYWHERE},  # names of rated products and of their producers, and the certificate
    # A producer without rated products: whoever may register its idea.
    "maker": {"other_district_officer": "D"},
    "note": {},  # what officials note about a producer stands on no page
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
}


def may_read(role):
    """Every (letter, class) that the role may meet anywhere."""
    return {
        (letter, kind)
        for kind, readers in READS.items()
        for letter in readers.get(role, "") + readers.get("*", "")
    }
