"""Joins what one page loads into one file: one round trip on a thin line, and like words squeeze best side by side.

The files stay as they are written wherever nothing was collected. A module becomes a function that is called once and
kept by its number, so that a second file of the same page finds the modules of the first: fifty names would weigh 240
bytes on the line. What is joined is then *shortened* by a library: names inside functions, spaces, ends of lines.
"""

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Read = Callable[[str], str]

# By page: what it loads at once, then what right behind it. One file each, the second without the modules of the first.
PAGES = (("field/js/field.js", "field/js/later.js"), ("desk/js/desk.js",))
STYLES = ("field/css/field.css", "desk/css/desk.css")
WRITTEN_IN = 2022  # the edition of the language that the modules are written in

IMPORT = re.compile(r'^import\s*(?:\{([^}]*)\}|\*\s*as\s+(\w+))\s*from\s*"(\.[^"]+)";\n?', re.M)
UNJOINED = re.compile(r"^import\s*[\"'\w*{].*", re.M)
PASSED_ON = re.compile(r'^export\s*\{([^}]*)\}\s*from\s*"(\.[^"]+)";\n?', re.M)
NAMED = re.compile(r"^export\s*\{([^}]*)\};\n?", re.M)
SAID = re.compile(r"^export\s+((?:async\s+)?function\s*\*?|const|class)\s+(\w+)", re.M)
STYLE = re.compile(r'^@import\s+url\("([^"]+)"\);\n', re.M)
NOTES = (
    re.compile(r"^[ \t]*/\*(?:[^*]|\*(?!/))*\*/[ \t]*\n", re.M),
    re.compile(r"/\*\* @(?:type|param)\b(?:[^*\n]|\*(?!/))*\*/ ?"),
    re.compile(r"^[ \t]*//.*\n", re.M),
    re.compile(r"(?<=[;{}]) //[^\n\"'`]*$", re.M),
)
STYLE_NOTE = re.compile(r"/\*(?:[^*]|\*(?!/))*\*/")
INDENT = re.compile(r"^[ \t]+|\n(?=\n)", re.M)
REGISTER = 'const modules = (globalThis[Symbol.for("concerto")] ??= {});\n'


def bare(text: str) -> str:
    """Take out notes and the space before lines.

    >>> bare("// why\\nlet one = /** @type {any} */ (two);\\n\\n  one();\\n")
    'let one = (two);\\none();\\n'
    """
    for note in NOTES:
        text = note.sub("", text)
    return INDENT.sub("", text)


def joined_style(entry: str, read: Read) -> str:
    """Put the style sheets that one imports where it imports them."""
    text = STYLE.sub(lambda found: joined_style(_beside(entry, found[1]), read) + "\n", read(entry))
    return INDENT.sub("", STYLE_NOTE.sub("", text))


@dataclass
class Joiner:
    """Joins a module with those it imports, each once and after what it needs."""

    read: Read
    known: dict[str, int] = field(default_factory=dict)
    open: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)

    def joined(self, entry: str) -> str:
        """Write one file for a module and what it imports that is not known yet."""
        self.written = [REGISTER]
        text, _ = self._prepared(entry, keep_exports=True)
        return "".join(self.written) + text

    def _prepared(self, name: str, *, keep_exports: bool = False) -> tuple[str, dict[str, str]]:
        if name in self.open:
            raise ValueError(f"modules import each other in a circle: {' '.join([*self.open, name])}")
        self.open.append(name)
        exports: dict[str, str] = {}
        text = bare(self.read(name))
        text = IMPORT.sub(lambda found: self._imported(name, found), text)
        if left := UNJOINED.search(text):
            raise ValueError(f"{name}: this import is not joined, name what it brings: {left[0]}")
        if not keep_exports:
            text = PASSED_ON.sub(lambda found: self._passed_on(name, found, exports), text)
            text = NAMED.sub(lambda found: _named(found[1], exports), text)
            text = SAID.sub(lambda found: exports.setdefault(found[2], found[2]) and f"{found[1]} {found[2]}", text)
        self.open.pop()
        return text, exports

    def _require(self, name: str) -> str:
        if name not in self.known:
            self.known[name] = len(self.known)
            text, exports = self._prepared(name)
            given = ", ".join(f"{outer}: {inner}" if outer != inner else outer for outer, inner in exports.items())
            self.written.append(f"modules[{self.known[name]}] = (() => {{\n{text}return {{ {given} }};\n}})();\n")
        return f"modules[{self.known[name]}]"

    def _imported(self, name: str, found: re.Match[str]) -> str:
        module = self._require(_beside(name, found[3]))
        if found[2]:
            return f"const {found[2]} = {module};\n"
        return f"const {{ {', '.join(_renamed(found[1]))} }} = {module};\n"

    def _passed_on(self, name: str, found: re.Match[str], exports: dict[str, str]) -> str:
        module = self._require(_beside(name, found[2]))
        for inner, outer in _pairs(found[1]):
            exports[outer] = f"{module}.{inner}"
        return ""


def _named(names: str, exports: dict[str, str]) -> str:
    for inner, outer in _pairs(names):
        exports[outer] = inner
    return ""


def _pairs(names: str) -> list[tuple[str, str]]:
    parts = [part.split(" as ") for part in (name.strip() for name in names.split(",")) if part]
    return [(part[0].strip(), part[-1].strip()) for part in parts]


def _renamed(names: str) -> list[str]:
    return [inner if inner == outer else f"{inner}: {outer}" for inner, outer in _pairs(names)]


def _beside(name: str, address: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), address))


def joined_files(sources: Mapping[str, object], read: Read) -> dict[str, str]:
    """Give the joined and shortened text of every file that is to be joined and is there."""
    made = {name: joined_style(name, read) for name in STYLES if name in sources}
    for page in PAGES:
        joiner = Joiner(read)
        made |= {name: joiner.joined(name) for name in page if name in sources}
    return {name: shortened(name, text) for name, text in made.items()}


def shortened(name: str, text: str) -> str:
    """Say the same in fewer bytes; what is no program or style sheet raises `minify.MinifyError`.

    Nothing newer is written than the language that the modules are written in.

    >>> shortened("one.js", "export function twice(number) {\\n  return number + number;\\n}\\n")
    'export function twice(e){return e+e}'
    """
    import minify  # noqa: PLC0415  # seven megabytes that a server at work has no use for

    minify.config({"js-version": WRITTEN_IN})
    return str(minify.string("text/css" if name.endswith(".css") else "application/javascript", text))
