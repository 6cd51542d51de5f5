"""The map of the districts."""

from django.template.loader import get_template

from foundation.areas import maps
from tests.factories.targets import district


def test_every_district_of_2024_has_a_shape_inside_the_picture(law):
    drawn = maps.shapes()

    assert set(drawn["districts"]) == {
        district(code).code for code in ("347", "349", "350", "351", "352", "353")
    }
    for place in drawn["districts"].values():
        assert 0 < float(place["x"]) < drawn["width"]
        assert 0 < float(place["y"]) < drawn["height"]
        assert place["path"].startswith("M")


def test_the_map_credits_its_origin_with_a_link_to_the_licence():
    drawn = get_template("targets/_map.html").template.source

    assert "Who’s On First" in drawn
    assert "https://www.whosonfirst.org/docs/licenses/" in drawn
