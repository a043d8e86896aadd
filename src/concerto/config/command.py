"""The command line: `concerto SUBCOMMAND`, which prepares an empty home by itself and answers on stdout alone."""

import os
import sys
from collections.abc import Sequence
from contextlib import redirect_stdout

from django.utils.translation import gettext as _

COMMANDS = {
    ("admin",): "admin",
    ("demo",): "demo",
    ("import", "divisions"): "import_divisions",
    ("import", "roster"): "import_roster",
    ("record",): "record",
    ("ledger",): "ledger",
    ("verify",): "verify",
    ("heads",): "heads",
    ("backup",): "backup",
    ("copied",): "copied",
    ("restore",): "restore",
    ("erase",): "erase",
    ("retire",): "retire",
    ("daily",): "daily",
    ("mechanism", "check"): "mechanism_check",
    ("standing",): "standing",
    ("migrate",): "migrate",
}

USAGE = " | ".join(" ".join(words) for words in COMMANDS)


def main(words: Sequence[str]) -> int:
    """Run one subcommand and return its exit code; a refusal is one line on stderr, never a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concerto.config.settings")
    if not words or words[0] in {"-h", "--help", "help"}:
        sys.stdout.write(_usage())
        return 0 if words else 2
    name = next((COMMANDS[asked] for n in (2, 1) if (asked := tuple(words[:n])) in COMMANDS), None)
    if name is None:
        usage = _usage()
        _say(_("there is no subcommand {name}").format(name=words[0]))
        sys.stderr.write(usage)
        return 2
    return _run(name, list(words[len(name.split("_")) :]))


def _usage() -> str:
    """Say what there is; words need Django, and Django settings that make sense."""
    import django  # noqa: PLC0415
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415

    try:
        django.setup()
    except ImproperlyConfigured as refusal:
        return f"concerto {USAGE}\n{refusal}\n"
    return f"{_('usage: ')}concerto {USAGE}\n       concerto SUBCOMMAND --help\n"


def _run(name: str, arguments: list[str]) -> int:
    import django  # noqa: PLC0415  (only here is it known that Django is wanted)
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415
    from django.core.management.base import CommandError  # noqa: PLC0415

    from concerto.groundwork.refusals import Refused  # noqa: PLC0415

    try:
        django.setup()
        return _answer(name, arguments)
    except (CommandError, Refused, ImproperlyConfigured) as refusal:
        _say(str(refusal))
        return getattr(refusal, "returncode", 1)
    except KeyboardInterrupt:
        _say(_("stopped"))
        return 130
    except BrokenPipeError:  # whoever read the answer has enough of it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if os.environ.get("CONCERTO_DEBUG"):
            raise
        _say(_in_a_line(error))
        return 1


def _in_a_line(error: Exception) -> str:
    """Say what nobody foresaw: a full disk and a wrong path in words, anything else by its name."""
    from concerto.groundwork.files import why_not  # noqa: PLC0415
    from concerto.groundwork.refusals import Refused  # noqa: PLC0415
    from concerto.groundwork.room import disk_is_full  # noqa: PLC0415

    if disk_is_full(error):
        return str(Refused("disk_full"))
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {why_not(error)}"
    where = _("CONCERTO_DEBUG=1 shows where")
    return f"{type(error).__name__}: {error} ({where})"


def _answer(name: str, arguments: list[str]) -> int:
    from django.core.management import get_commands, load_command_class  # noqa: PLC0415

    from .parsing import in_our_words  # noqa: PLC0415

    app = get_commands().get(name)
    if app is None:
        _say(_("{name} is not there yet").format(name=name.replace("_", " ")))
        return 2
    command = load_command_class(app, name) if isinstance(app, str) else app
    vars(command)["_called_from_command_line"] = True  # argparse then speaks of usage, and ends with 2
    parser = in_our_words(command.create_parser("concerto", name.replace("_", " ")))
    options = vars(parser.parse_args(arguments))
    if name != "restore":
        _need_open_home()
    if name != "migrate":
        prepare_home()
    command.execute(*options.pop("args", ()), **{**options, "skip_checks": True})
    if name == "migrate":
        bring_ledgers_up()
    sys.stdout.flush()
    return 0


def _need_open_home() -> None:
    """Stop where a backup is being brought back, or a restore did not come to its end."""
    from django.conf import settings  # noqa: PLC0415

    from concerto.groundwork.closed import is_closed  # noqa: PLC0415
    from concerto.groundwork.refusals import Refused  # noqa: PLC0415

    if is_closed(settings.CONCERTO_HOME):
        raise Refused("home_closed")


def prepare_home() -> bool:
    """Bring the home's database to this release where it is behind, and tell whether there was something to do."""
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    from .home import alone_in  # noqa: PLC0415

    with alone_in(settings.CONCERTO_HOME):
        executor = MigrationExecutor(connection)
        behind = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        if behind:
            _say(_("preparing the database"))
            with redirect_stdout(sys.stderr):
                call_command("migrate", interactive=False, verbosity=0)
        return bring_ledgers_up() or behind


def bring_ledgers_up() -> bool:
    """Fold again the ledgers that another release folded otherwise, and tell whether there were any."""
    from concerto.conductor.rebuild import logs_due, rebuild  # noqa: PLC0415

    due = logs_due()
    for n, log in enumerate(due, start=1):
        _say(_("bringing the ledgers up to date, {n} of {all}").format(n=n, all=len(due)))
        rebuild(log)
    return bool(due)


def _say(text: str) -> None:
    for line in text.splitlines():
        sys.stderr.write(f"concerto: {line}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
