"""The tree as the guards read it: the files that are source, never what was installed or made beside them."""

import ast
from collections.abc import Iterator
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
SOURCE = CHECKOUT / "src" / "concerto"
OURS = ("places", "journal", "register", "study", "branch", "visits", "disputes", "assistance", "conductor", "papers")
NOT_SOURCE = {".git", ".venv", ".tools", "var", "node_modules", "staticfiles", "dist", "__pycache__"}


def files(*endings: str, under: Path = CHECKOUT) -> Iterator[Path]:
    """Every file of the tree with one of these endings, or every file."""
    for path in sorted(under.iterdir()):
        if path.name in NOT_SOURCE or path.name.endswith(("_cache", ".egg-info", ".hypothesis")):
            continue
        if path.is_dir():
            yield from files(*endings, under=path)
        elif not endings or path.name.endswith(endings):
            yield path


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, and every name it takes from one, with dots."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def shown(path: Path) -> str:
    """The path as a failure should say it."""
    return str(path.relative_to(CHECKOUT))
