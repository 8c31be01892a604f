"""CSV tables of the data folder: what is wrong is told by place, whatever stands there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.importers.coverage import CoverageRow
from portal.importers.tables import DataErrors, parse_table


def test_broken_quoting_in_the_header_is_told():
    with pytest.raises(DataErrors, match="^x.csv:1:0: not well-formed CSV: "):
        parse_table('"kind"x,label\n', "x.csv", CoverageRow)


@given(st.text())
def test_no_text_is_answered_with_anything_but_what_is_wrong(text: str):
    with pytest.raises(DataErrors):
        parse_table(text, "x.csv", CoverageRow)
