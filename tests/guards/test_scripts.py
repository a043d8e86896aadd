"""Browser modules are written so that collecting gives each of them, and what it imports, its hashed name."""

import re

from .tree import SOURCE, files, shown

MODULES = [path for path in files(".js", under=SOURCE) if "static" in path.parts]
SILENTLY_KEPT = {
    "an import without its semicolon": r"""^(?:import|export|\})[^;\n]*\bfrom\s*["'][^"']+["']\s*$""",
    "a bare import without its semicolon": r"""^import\s*["'][^"']+["']\s*$""",
    "an address made of its own": r"""new URL\(\s*["']\./""",
    "an import of another type": r"""\bwith\s*\{\s*type:""",
    "an import in a comment": r"""^\s*(?://|\*|/\*).*(?:\bfrom\s*["'][^"']+["']\s*;|\bimport\(["'])""",
}


def test_every_import_gets_its_hashed_name():
    found = [
        f"{shown(path)}: {what}"
        for path in MODULES
        for what, pattern in SILENTLY_KEPT.items()
        if re.search(pattern, path.read_text(), re.M)
    ]
    assert found == []


def test_no_script_of_others_is_pasted_in():
    assert [shown(path) for path in MODULES if path.name.endswith(".min.js") or path.stat().st_size > 40_000] == []
