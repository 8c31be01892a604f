"""Bring front-end packages into static/vendor, each file checked and listed.

Run it only to add or update a package; the portal itself never needs npm:

    python scripts/vendor.py            fetch every package below and write vendor.json
    python scripts/vendor.py --check    compare the files on disk with vendor.json

`npm pack` runs no install script of the package. The archive must have the sha512 written
below before one byte of it is unpacked, and only the named files leave it, unchanged.
"""

from __future__ import annotations

import argparse
import base64
import fnmatch
import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

VENDOR = Path(__file__).resolve().parent.parent / "static" / "vendor"
LIST = VENDOR / "vendor.json"


@dataclass(frozen=True)
class Package:
    """One npm package and the part of it that browsers get.

    :param integrity: "sha512-" and the base64 digest of the archive, as the registry prints it
    :param folder: folder inside the archive whose files are wanted
    :param patterns: shell patterns below that folder
    :param licence_file: path of the licence text inside the archive
    """

    name: str
    version: str
    integrity: str
    licence: str
    licence_file: str
    folder: str
    patterns: tuple[str, ...]

    @property
    def target(self) -> Path:
        """Return the folder in static/vendor that holds this version."""
        return VENDOR / f"{self.name}-{self.version}"


PACKAGES = (
    Package(
        name="pretendard-gov",
        version="1.3.9",
        integrity="sha512-U9bEVWfBoM5AUAM2yJvmbffrt4oO//onVbKOIzy/pEU0SEP+6O/YmOxGgYaMgDr+"
        "zmqhDGhSwQqOnBFSgmp4bQ==",
        licence="OFL-1.1",
        licence_file="package/dist/LICENSE.txt",
        folder="package/dist/web/variable",
        patterns=(
            "pretendardvariable-gov-dynamic-subset.css",
            "woff2-dynamic-subset/PretendardGOVVariable.subset.*.woff2",
        ),
    ),
)


def main() -> int:
    """Fetch or check, and return the exit code of the command."""
    parser = argparse.ArgumentParser(description="Front-end packages in static/vendor")
    parser.add_argument("--check", action="store_true", help="compare files with vendor.json")
    if parser.parse_args().check:
        return report(differences())
    entries = [fetch(package) for package in PACKAGES]
    LIST.write_text(json.dumps(entries, indent=2) + "\n", encoding="utf-8")
    return report(differences())


def fetch(package: Package) -> dict[str, object]:
    """Download one package, lay its files into place and return its entry for vendor.json.

    :raise SystemExit: the archive does not have the expected sha512
    :raise subprocess.CalledProcessError: npm could not fetch the archive
    """
    with tempfile.TemporaryDirectory() as folder:
        archive = pack(package, Path(folder))
        found = "sha512-" + base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
        if found != package.integrity:
            raise SystemExit(
                f"{package.name} {package.version}: expected {package.integrity}, got {found}"
            )
        shutil.rmtree(package.target, ignore_errors=True)
        unpack(package, archive)
    return {
        "name": package.name,
        "version": package.version,
        "integrity": package.integrity,
        "licence": package.licence,
        "files": checksums(package.target),
    }


def pack(package: Package, folder: Path) -> Path:
    """Let npm put the archive of a package into a folder, and return its path."""
    wanted = f"{package.name}@{package.version}"
    subprocess.run(["npm", "pack", wanted, "--silent"], cwd=folder, check=True)  # noqa: S603, S607
    return next(folder.glob("*.tgz"))


def unpack(package: Package, archive: Path) -> None:
    """Copy the wanted files and the licence out of an archive, byte for byte."""
    with tarfile.open(archive) as tar:
        for member in tar.getmembers():
            place = wanted_place(package, member.name)
            source = tar.extractfile(member) if place else None
            if place is None or source is None:
                continue
            path = package.target / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(source.read())


def wanted_place(package: Package, name: str) -> str | None:
    """Return where a file of the archive belongs below the target folder, or None."""
    if name == package.licence_file:
        return Path(name).name
    place = name.removeprefix(package.folder + "/")
    wanted = any(fnmatch.fnmatchcase(place, pattern) for pattern in package.patterns)
    return place if wanted and place != name else None


def checksums(folder: Path) -> dict[str, str]:
    """Return the sha256 of each file below a folder by its path, sorted by path."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


def differences() -> list[str]:
    """Return one sentence for each file that is missing, changed or not listed."""
    found: list[str] = []
    for entry in json.loads(LIST.read_text(encoding="utf-8")):
        folder = VENDOR / f"{entry['name']}-{entry['version']}"
        listed, present = entry["files"], checksums(folder)
        found += [f"{folder.name}/{name} is missing" for name in listed.keys() - present.keys()]
        found += [f"{folder.name}/{name} is not listed" for name in present.keys() - listed.keys()]
        changed = [name for name in listed.keys() & present.keys() if listed[name] != present[name]]
        found += [f"{folder.name}/{name} was changed" for name in changed]
    return sorted(found)


def report(problems: list[str]) -> int:
    """Print the problems and return 1 when there are any, else 0."""
    for problem in problems:
        print(problem, file=sys.stderr)
    print(f"{len(PACKAGES)} package(s), {len(problems)} problem(s)")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
