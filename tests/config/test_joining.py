"""What a page loads is joined into one file on collecting; it says the same as the modules it is made of."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from concerto.config.joining import PAGES, STYLES, Joiner, bare, joined_files, joined_style, shortened
from tests.conftest import CHECKOUT

STATIC = [CHECKOUT / "src/concerto/faces" / face / "static" for face in ("desk", "field")]


def source(name: str) -> str:
    return next(folder / name for folder in STATIC if (folder / name).exists()).read_text()


def run(tmp_path, files: dict[str, str]) -> object:
    """Run the joined text of `main.js`, and read what it says at its end."""
    joined = Joiner(files.__getitem__).joined("main.js")
    path = tmp_path / "joined.mjs"
    path.write_text(f"{joined}\nconsole.log(JSON.stringify(said));\n")
    node = shutil.which("node") or str(CHECKOUT / ".venv/bin/node")
    told = subprocess.run([node, path], capture_output=True, text=True, check=True)
    return json.loads(told.stdout)


def test_each_module_finds_what_it_imports_under_the_name_it_gives_it(tmp_path):
    files = {
        "main.js": 'import { two as second, Three } from "./a/a.js";\nimport * as all from "./b.js";\n'
        "const said = [second(), new Three().four, all.one, all.five];\n",
        "a/a.js": 'import { one } from "../b.js";\nexport function two() {\n  return one + one;\n}\n'
        "class Own {\n  four = 4;\n}\nexport { Own as Three };\n",
        "b.js": 'export const one = 1;\nexport { five } from "./c.js";\n',
        "c.js": "const one = 4;\nexport const five = one + 1;\n",
    }

    assert run(tmp_path, files) == [2, 4, 1, 5]


def test_a_second_file_finds_the_modules_of_the_first():
    files = {
        "main.js": 'import { kept } from "./kept.js";\nkept.push(1);\n',
        "later.js": 'import { kept } from "./kept.js";\nexport const said = kept;\n',
        "kept.js": "export const kept = [];\n",
    }
    joiner = Joiner(files.__getitem__)
    first, second = joiner.joined("main.js"), joiner.joined("later.js")

    assert "kept = []" in first
    assert "kept = []" not in second
    assert second.endswith("const { kept } = modules[0];\nexport const said = kept;\n")


def test_modules_that_import_each_other_are_refused():
    files = {"a.js": 'import { b } from "./b.js";\n', "b.js": 'import { a } from "./a.js";\n'}

    with pytest.raises(ValueError, match=r"circle: a\.js b\.js a\.js"):
        Joiner(files.__getitem__).joined("a.js")


@pytest.mark.parametrize("line", ['import "./b.js";', 'import b from "./b.js";', "import { b } from './b.js';"])
def test_an_import_that_would_be_left_behind_is_refused(line):
    files = {"a.js": f"{line}\nlet one = 1;\n", "b.js": "export const b = 1;\n"}

    with pytest.raises(ValueError, match=r"a\.js: this import is not joined"):
        Joiner(files.__getitem__).joined("a.js")


def test_notes_go_and_words_stay():
    text = '/**\n * why\n */\nconst accept = "image/*"; // */\n  // how\nconst two = /** @type {any} */ (accept);\n'
    words = 'const at = "no; // note";\nconst there = `yes; // ${at}`; // why\n'

    assert bare(text) == 'const accept = "image/*";\nconst two = (accept);\n'
    assert bare(words) == 'const at = "no; // note";\nconst there = `yes; // ${at}`;\n'


def misnamed(folder) -> list[str]:
    """Let the types' checker look for names that stand for nothing, or are used before they stand for something."""
    node = shutil.which("node") or str(CHECKOUT / ".venv/bin/node")
    asked = "--ignoreConfig --noEmit --allowJs --checkJs --skipLibCheck --strict false --lib es2023,dom,dom.iterable"
    checker, files = CHECKOUT / "node_modules/typescript/bin/tsc", sorted(map(str, folder.glob("*.mjs")))
    told = subprocess.run([node, checker, *asked.split(), *files], capture_output=True, text=True, check=False).stdout
    assert "error TS5" not in told, told  # it was asked wrongly
    return re.findall(r"error TS(?:2304|2448|2449|2451|2454|2552|2588): .*", told)


def test_a_name_that_is_used_before_it_stands_for_something_is_found(tmp_path):
    (tmp_path / "one.mjs").write_text(
        "export const f = (a) => {\n  const { b = c.d } = a, c = { d: e };\n  return b;\n};\n"
    )

    assert len(misnamed(tmp_path)) == 2


def test_style_sheets_stand_where_they_are_imported():
    files = {"a/one.css": '@import url("../b/two.css");\n/* why */\n  p { margin: 0 }\n', "b/two.css": "@layer x;\n"}

    assert joined_style("a/one.css", files.__getitem__) == "@layer x;\np { margin: 0 }\n"


def test_what_is_shortened_says_the_same(tmp_path):
    text = 'const parting = "\\0";\nexport const said = ["a", "b"].map((letter) => letter + parting);\n'
    path = tmp_path / "short.mjs"
    path.write_text(f"{shortened('short.js', text)}\nconsole.log(JSON.stringify(said));\n")
    node = shutil.which("node") or str(CHECKOUT / ".venv/bin/node")

    assert json.loads(subprocess.run([node, path], capture_output=True, check=True).stdout) == ["a\0", "b\0"]
    assert shortened("short.css", "p {\n  margin: 0px;\n}\n") == "p{margin:0}"


def test_what_is_no_program_is_not_collected():
    with pytest.raises(ValueError, match="unexpected"):
        shortened("broken.js", "const = 1;")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page[0])
def test_the_files_of_a_page_join_into_what_a_browser_reads(tmp_path, page):
    made = joined_files(dict.fromkeys((*page, *STYLES)), source)
    node = shutil.which("node") or str(CHECKOUT / ".venv/bin/node")
    for name in page:
        path = tmp_path / f"{Path(name).stem}.mjs"
        path.write_text(made[name])
        assert subprocess.run([node, "--check", path], capture_output=True, check=False).returncode == 0
    assert misnamed(tmp_path) == []
    assert all("@import" not in made[name] for name in STYLES)
    assert "/*" not in "".join(made.values()).replace('"image/*"', "")


def test_a_page_loads_no_module_by_the_number_it_has_on_another_page():
    made = joined_files(dict.fromkeys(name for page in PAGES for name in page), source)
    for page in PAGES:
        assert min(map(int, re.findall(r"\[(\d+)\]=", made[page[0]]))) == 0, page
