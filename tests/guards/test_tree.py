"""What the tree may hold, and what must stand in it."""

import re
import tomllib

from .tree import CHECKOUT, files, shown

# Put together here, so that this file does not hold what it forbids.
REGISTRIES = "|".join(["py" + "pi", "python" + "hosted", "npm" + "js", "deb" + r"\.debian", "crates" + r"\.io"])
ADDRESS = re.compile(rf"https?://[\w.-]*(?:{REGISTRIES})|--(?:extra-)?index-url|\"resolved\":", re.I)
FOLDERS = r"work|root|(?:home|Users)/\w+"
MACHINE = re.compile(rf"(?<![\w.])/(?:{FOLDERS})/")
PICTURES = {".png", ".jpg", ".ico", ".woff2", ".xlsx", ".xls", ".pdf", ".mo", ".docx"}


def texts() -> list[tuple[str, str]]:
    return [
        (shown(path), path.read_text(encoding="utf-8", errors="replace"))
        for path in files()
        if path.suffix not in PICTURES
    ]


def test_no_file_names_a_registry_or_a_machine():
    assert [name for name, text in texts() if ADDRESS.search(text) or MACHINE.search(text)] == []


def test_every_dependency_has_a_line_that_says_why():
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())
    wanted = [
        *project["project"]["dependencies"],
        *(need for group in project["dependency-groups"].values() for need in group),
    ]
    names = {re.split(r"[\[<>=~! ;]", need)[0].lower() for need in wanted}
    said = set(re.findall(r"^\| `([^`]+)`", (CHECKOUT / "docs/decisions/dependencies.md").read_text().lower(), re.M))
    assert names - said == set()
    assert said - names - {"axe-core", "fake-indexeddb", "typescript"} == set()


def test_the_papers_of_the_house_are_there():
    for name in ("README.md", "CHANGELOG.md", "LICENSE", "requirements.lock", "package-lock.json"):
        assert (CHECKOUT / name).stat().st_size > 0


def test_every_path_that_a_document_names_exists():
    named = [
        (shown(page), path)
        for page in [CHECKOUT / "README.md", *sorted((CHECKOUT / "docs").rglob("*.md"))]
        for path in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text())
        if not (page.parent / path).exists()
    ]
    assert named == []
