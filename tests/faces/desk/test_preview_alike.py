"""The browser draws from the same table what the server says: the same answers sound the same lines."""

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from concerto.faces.desk.visits.preview import plain_rule
from concerto.journal.kinds.preview import NOT_MET, VISIT_RULES, posted
from concerto.journal.kinds.visit import TOPICS
from tests.conftest import CHECKOUT

PREVIEW = CHECKOUT / "src/concerto/faces/desk/static/desk/js/preview.js"
NODE = shutil.which("node", path=str(Path(sys.executable).parent)) or shutil.which("node") or "node"
ANSWERS = {
    "channel": ["visit", "phone_call", "gathering"],
    "met": ["a-person", "met", *NOT_MET],
    "change": ["no_change", "changed"],
    "topics": list(TOPICS),
    "lesson_minutes": ["30"],
    "matter": ["pledge", "branch_matter"],
    "need": ["water"],
    "lead": ["wages"],
}
RUN = """
import {{ posted }} from "{preview}";
let text = "";
for await (const piece of process.stdin) text += piece;
const {{ table, forms }} = JSON.parse(text);
const said = forms.map((form) => Object.fromEntries(posted(table, new Map(Object.entries(form)))));
console.log(JSON.stringify(said));
"""


def forms(count: int) -> list[dict[str, list[str]]]:
    """Make up what might be ticked and written, sense or not."""
    chance = random.Random(7)
    return [
        {
            field: chance.sample(values, chance.randint(1, min(2, len(values))))
            for field, values in ANSWERS.items()
            if chance.random() < 0.6
        }
        for _ in range(count)
    ]


@pytest.mark.parametrize("helped", [True, False])
def test_browser_and_server_sound_the_same_lines(helped):
    made_up = forms(300)
    rules = [plain_rule(rule, rule.field) for rule in VISIT_RULES if helped or not rule.helped]
    table = {"rules": rules, "nothing": "", "between": "|"}
    answer = subprocess.run(
        [NODE, "--input-type=module", "-e", RUN.format(preview=PREVIEW.as_uri())],
        input=json.dumps({"table": table, "forms": made_up}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    here = [{line.value: "|".join(words) for line, words in posted(form, helped=helped).items()} for form in made_up]
    assert json.loads(answer.stdout) == here
