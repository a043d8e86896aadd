"""Runs a phone's modules in Node, as they lie beside each other when they are served."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.conftest import CHECKOUT

FACES = CHECKOUT / "src/concerto/faces"
NODE = shutil.which("node", path=str(Path(sys.executable).parent)) or shutil.which("node") or "node"
READ = """
import { readFileSync } from "node:fs";
const asked = JSON.parse(readFileSync(0, "utf8"));
"""


def in_node(script: str, given: Any) -> Any:
    """Run a phone's modules on what is given."""
    with TemporaryDirectory() as place:
        for face in ("desk", "field"):  # one folder, as they are served
            shutil.copytree(FACES / face / "static" / face, Path(place) / face)
        forms = (Path(place) / "field/js/forms").as_uri()
        answer = subprocess.run(
            [NODE, "--input-type=module", "-e", script.replace("FORMS", forms)],
            input=json.dumps(given),
            capture_output=True,
            text=True,
            check=False,
        )
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)
