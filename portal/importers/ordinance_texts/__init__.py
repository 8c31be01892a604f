"""Ordinances as files, one each: facts in front, then the text in Markdown (조례 본문).

The form is the one in which a public copy of 국가법령정보센터 (law.go.kr) is kept. A file is read
whole or not at all.
"""

from portal.importers.ordinance_texts.facts import Attachment
from portal.importers.ordinance_texts.files import OrdinanceFile, read_ordinance_text
from portal.importers.ordinance_texts.folder import FolderReading, read_folder

__all__ = [
    "Attachment",
    "FolderReading",
    "OrdinanceFile",
    "read_folder",
    "read_ordinance_text",
]
