"""What a new draft of a decision holds before anybody has written in it. Each line of it can be changed."""

from evaluation.papers.frame import AUTHORITY, ROLE, day_in_words
from foundation.regimes.models import Regime

# Nghị định 30/2020/NĐ-CP, Phụ lục I: every paper names who keeps a copy.
RECIPIENTS = ("Như Điều 3;", "Hội đồng đánh giá, phân hạng sản phẩm OCOP;", "Lưu: VT.")


def usual(council, cases):
    """Place, signature, recipients and grounds as such a decision usually has them."""
    return {
        "place": council.area.name,
        "signer_authority": AUTHORITY,
        "signer_role": ROLE,
        "recipients": "\n".join(RECIPIENTS),
        "grounds": "\n".join(grounds(council, cases)),
    }


def grounds(council, cases):
    """The law of the dossiers, the council's own decision, and the days of its conclusions."""
    laws = Regime.objects.filter(pk__in={case.dossier.regime_id for case in cases}).order_by("effective_from")
    basis = dict.fromkeys(row for regime in laws for row in regime.legal_basis)
    yield from (
        f"Căn cứ Quyết định số {number} {day_in_words(day)} của {issuer};" for number, day, issuer in basis
    )
    yield (
        f"Căn cứ Quyết định số {council.decision_number} {day_in_words(council.decided_on)} của {council.issuer} "
        f"về việc thành lập {council};"
    )
    days = sorted({case.concluded_on for case in cases})
    if days:
        yield f"Căn cứ kết luận của Hội đồng ngày {', '.join(f'{day:%d/%m/%Y}' for day in days)};"
