"""A folder of ordinances: what can be read is read whole, the rest is told by file."""

import os
import shutil
import unicodedata
from pathlib import Path

import pytest

from portal.importers.ordinance_texts import folder as reading
from portal.importers.ordinance_texts import read_folder
from portal.importers.tables import DataErrors
from tests.importers.ordinance_sources import FIRST_PATH, FOLDER, NAME, NEWEST, NEWEST_PATH

FILE = "본문.md"


def put(folder: Path, name: str, content: str = NEWEST, identifier: str = "9900001") -> Path:
    path = folder / name / FILE
    path.parent.mkdir(parents=True)
    path.write_text(content.replace("'9900001'", f"'{identifier}'"), encoding="utf-8")
    return path


def reason_of(folder: Path, path: str) -> str:
    (error,) = read_folder(folder).errors[path].errors
    return error.reason


def test_the_files_of_each_version_are_read_under_their_names():
    for path in (FIRST_PATH, NEWEST_PATH):
        folder = FOLDER / path.partition("/")[0]
        found = read_folder(folder)
        (label,) = found.files
        assert f"{folder.name}/{label}" == path
        assert found.files[label].title == NAME
        assert not found.errors


@pytest.mark.parametrize(
    "name", ["3ㆍ1 조례", "3·1 조례", "가 (나) 조례", "가 [나] {다}", "  가", "-가", "%s"]
)
def test_any_name_of_a_folder_will_do(tmp_path: Path, name: str):
    put(tmp_path, name)
    assert list(read_folder(tmp_path).files) == [f"{name}/{FILE}"]


def test_a_name_taken_apart_by_a_mac_is_known(tmp_path: Path):
    path = put(tmp_path, "가")
    path.rename(path.with_name(unicodedata.normalize("NFD", FILE)))
    assert len(read_folder(tmp_path).files) == 1


def test_other_files_are_left_alone(tmp_path: Path):
    put(tmp_path, "가").with_name("README.md").write_text("#", encoding="utf-8")
    (tmp_path / "MANIFEST.tsv").write_text("a\tb", encoding="utf-8")
    found = read_folder(tmp_path)
    assert (len(found.files), len(found.errors)) == (1, 0)


def test_one_bad_file_is_told_and_the_others_are_read(tmp_path: Path):
    put(tmp_path, "가")
    put(tmp_path, "나", NEWEST.replace("##### 제7조", "##### 제1조"), "9900002")
    put(tmp_path, "다", identifier="9900003").write_bytes(b"---\n\xff\n")
    found = read_folder(tmp_path)
    assert list(found.files) == [f"가/{FILE}"]
    assert list(found.errors) == [f"나/{FILE}", f"다/{FILE}"]
    assert str(found.errors[f"나/{FILE}"]).startswith(f"나/{FILE}:81:1: ")
    assert str(found.errors[f"다/{FILE}"]).startswith(f"다/{FILE}:2:0: ")


def test_the_same_ordinance_twice_is_told(tmp_path: Path):
    put(tmp_path, "가")
    put(tmp_path, "나")
    assert f"is in 가/{FILE}" in reason_of(tmp_path, f"나/{FILE}")


def test_a_link_to_a_file_outside_is_refused(tmp_path: Path):
    folder = tmp_path / "조례"
    outside = put(tmp_path, "밖")
    (folder / "가").mkdir(parents=True)
    (folder / "가" / FILE).symlink_to(outside)
    assert reason_of(folder, f"가/{FILE}") == "the link leads out of the folder"
    assert not read_folder(folder).files


def test_a_link_to_a_folder_outside_is_refused(tmp_path: Path):
    folder = tmp_path / "조례"
    put(folder, "가")
    put(tmp_path / "조례밖", "나", identifier="9900002")
    (folder / "다").symlink_to(tmp_path / "조례밖", target_is_directory=True)
    assert reason_of(folder, "다") == "the link leads out of the folder"
    assert list(read_folder(folder).files) == [f"가/{FILE}"]


def test_links_inside_the_folder_are_read_once_and_never_for_ever(tmp_path: Path):
    put(tmp_path, "가")
    (tmp_path / "가" / "위").symlink_to(tmp_path, target_is_directory=True)
    found = read_folder(tmp_path)
    assert (list(found.files), found.errors) == ([f"가/{FILE}"], {})


def test_the_folder_itself_may_be_a_link(tmp_path: Path):
    put(tmp_path / "참", "가")
    (tmp_path / "링크").symlink_to(tmp_path / "참", target_is_directory=True)
    assert list(read_folder(tmp_path / "링크").files) == [f"가/{FILE}"]


def test_what_is_no_plain_file_is_not_opened(tmp_path: Path):
    (tmp_path / "가").mkdir()
    os.mkfifo(tmp_path / "가" / FILE)
    (tmp_path / "나").mkdir()
    (tmp_path / "나" / FILE).symlink_to(tmp_path / "없음")
    assert reason_of(tmp_path, f"가/{FILE}") == "this is not a plain file"
    assert reason_of(tmp_path, f"나/{FILE}") == "this is not a plain file"


def test_a_file_that_can_not_be_opened_is_told(tmp_path: Path, monkeypatch):
    put(tmp_path, "가")

    def refuse(*_args: object, **_named: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert reason_of(tmp_path, f"가/{FILE}") == "the file can't be opened: Permission denied"


def test_a_file_that_is_too_long_is_not_read_to_its_end(tmp_path: Path, monkeypatch):
    put(tmp_path, "가")
    monkeypatch.setattr(reading, "MOST_BYTES", 100)
    assert reason_of(tmp_path, f"가/{FILE}").startswith("the file is too long")


def test_a_folder_that_is_missing_or_too_full_is_refused(tmp_path: Path, monkeypatch):
    with pytest.raises(DataErrors, match="the folder is missing"):
        read_folder(tmp_path / "없음")
    shutil.copytree(FOLDER, tmp_path / "조례")
    monkeypatch.setattr(reading, "MOST_FILES", 1)
    with pytest.raises(DataErrors, match="the folder has too many files"):
        read_folder(tmp_path / "조례")
