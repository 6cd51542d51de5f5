"""What a new draft of a decision holds before anybody has written in it. Each line of it can be changed."""

from foundation.regimes.models import Regime

# Nghị định 30/2020/NĐ-CP, Phụ lục I: a collective's paper is signed "TM.", and every paper names who keeps a copy.
AUTHORITY, ROLE = "TM. Ủy ban nhân dân", "Chủ tịch"
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
    yield from (f"Căn cứ {regime.law};" for regime in laws)
    yield (
        f"Căn cứ Quyết định số {council.decision_number} ngày {council.decided_on:%d/%m/%Y} "
        f"về việc thành lập {council};"
    )
    days = sorted({case.concluded_on for case in cases})
    if days:
        yield f"Căn cứ kết luận của Hội đồng ngày {', '.join(f'{day:%d/%m/%Y}' for day in days)}."
