"""The states of a publishable row."""

from enum import StrEnum


class PublicationState(StrEnum):
    """Where a row stands on its way to the public."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
