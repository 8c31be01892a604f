"""Tables of the imports."""

from datetime import date, datetime

from sqlalchemy import JSON, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.accounts.rules import Permission
from portal.core.models import UtcDateTime
from portal.extensions import Base
from portal.moderation.models import Publishable


class FigureUpload(Publishable, Base):
    """A table of figures that replaces a file of the data set when it is published.

    Its own page is for staff only; what citizens see are the figures.

    :ivar path: of the file in the data set, such as ``budget/execution.csv``
    :ivar as_of: the day on which the figures were true
    :ivar content: the table as it was brought, CSV
    :ivar taken_at: when its figures were taken last; None before it was published
    :ivar counts: rows by outcome at that time
    """

    __tablename__ = "figure_uploads"
    editable_fields = ("path", "as_of", "title", "title_en", "content")
    title_field = "title"
    write_permission = Permission.FIGURES_WRITE
    tells_note = True

    id: Mapped[int] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(String(200), index=True)
    as_of: Mapped[date]
    title: Mapped[str] = mapped_column(String(300))
    title_en: Mapped[str | None] = mapped_column(String(300))
    content: Mapped[str] = mapped_column(Text)
    taken_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    counts: Mapped[dict[str, int] | None] = mapped_column(JSON)
