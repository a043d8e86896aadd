"""The browser modules keep their promises; node runs their tests, without a browser."""

import shutil
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[3]


def test_the_browser_modules_keep_their_promises():
    node = shutil.which("node", path=str(Path(sys.executable).parent)) or shutil.which("node")
    assert node, "no node: bin/setup brings one"
    tests = sorted(map(str, (CHECKOUT / "tests" / "js").glob("*.test.js")))
    answer = subprocess.run([node, "--test", *tests], capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr
