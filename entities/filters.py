"""Narrowing the list of craft villages."""

from foundation.ui.forms import FilterForm


class VillageFilter(FilterForm):
    """Search in names and crafts."""

    SEARCH = ("name__unaccent", "craft__unaccent", "hamlet__unaccent", "area__full_name__unaccent")
    SEARCH_LABEL = "Tên làng, nghề hoặc xã"
