"""How to reach the routes of handing in late."""

from tests.rights.places import nothing, texts
from tests.rights.registry_dossiers import in_states

PLACES = {
    "products:late_request": in_states("draft", "submitted"),
    "products:late_acceptance": in_states("draft", "submitted"),
}
BODIES = {
    "products:late_request": nothing,
    "products:late_acceptance": texts(until="2024-10-31", reason="Lý do thử."),
}
