"""One measure on one engine, in a process of its own: prepares the home that the environment names, and measures."""

import json
import sys
from importlib import import_module

import django
from django.core.management import call_command

from .measures import MODULES


def main() -> None:
    engine, name, *more = sys.argv[1:]
    django.setup()
    call_command("migrate", verbosity=0, stdout=sys.stderr)
    measure = import_module(f"bench.{MODULES[name]}").measure
    results = measure(name, engine, quick="--quick" in more)
    print(json.dumps([row._asdict() for row in results]))


if __name__ == "__main__":
    main()
