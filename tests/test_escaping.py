"""Text and elements as HTML."""

from __future__ import annotations

import pytest
from markupsafe import Markup, escape

from alignsurvey.escaping import element, escaped


class Html:
    """What says of itself how it reads as HTML."""

    def __html__(self) -> str:
        return "<b>&</b>"


@pytest.mark.parametrize(
    "value",
    ["", "plain", "<&>\"'", "&amp;", Markup("<i>safe</i>"), Html(), 3, None, ("<",)],
)
def test_a_value_is_escaped_as_markupsafe_does(value: object) -> None:
    assert str(escaped(value)) == str(escape(value))


def test_an_element_escapes_its_text_and_attributes() -> None:
    written = element("a", "<x>", class_="as-x", title='"quoted" & more')
    assert written == '<a class="as-x" title="&#34;quoted&#34; &amp; more">&lt;x&gt;</a>'
    assert isinstance(written, Markup)


def test_an_element_keeps_what_is_safe_already() -> None:
    assert element("sup", element("b", "1 < 2")) == "<sup><b>1 &lt; 2</b></sup>"
