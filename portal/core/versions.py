"""Content versions: a number per scope that rises whenever its pages change.

The page cache keeps with each page the versions it was made at. Publishing raises ``site``;
a counter raises only its own scope, such as ``hearing:17``.
"""

from collections.abc import Iterable, Mapping

from sqlalchemy import Engine, Integer, String, bindparam, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.extensions import Base

SITE = "site"


class ContentVersion(Base):
    """The version of one scope; a scope without a row has version 0."""

    __tablename__ = "content_versions"

    scope: Mapped[str] = mapped_column(String(80), primary_key=True)
    version: Mapped[int] = mapped_column(Integer, default=0)


# Every page asks this, and making the statement takes longer than running it.
_SOME = select(ContentVersion.scope, ContentVersion.version).where(
    ContentVersion.scope.in_(bindparam("scopes", expanding=True))
)


def raise_version(session: Session, scope: str = SITE) -> None:
    """Raise a scope's version by one in the caller's transaction."""
    raised = session.execute(
        update(ContentVersion)
        .where(ContentVersion.scope == scope)
        .values(version=ContentVersion.version + 1)
    )
    if not raised.rowcount:  # type: ignore[attr-defined]
        session.add(ContentVersion(scope=scope, version=1))
        session.flush()


def versions_of(session: Session, scopes: Iterable[str]) -> Mapping[str, int]:
    """Return the versions of the named scopes, read in the caller's transaction."""
    wanted = tuple(scopes)
    rows = session.connection().execute(_SOME, {"scopes": wanted})
    found = {scope: version for scope, version in rows}
    return {scope: found.get(scope, 0) for scope in wanted}


def read_versions(engine: Engine) -> dict[str, int]:
    """Return every scope's version, on a connection of its own."""
    with engine.connect() as connection:
        rows = connection.execute(select(ContentVersion.scope, ContentVersion.version))
        return {scope: version for scope, version in rows}
