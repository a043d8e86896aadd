"""What the parser of the command line says, in the language of everything else it says."""

import argparse

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

# By argparse's own words. Of a value it names the function that read it: nobody who typed one knows that name.
WORDS: dict[str, str | Promise] = {
    "usage: ": _("usage: "),
    "positional arguments": _("what to give"),
    "options": _("what may be said as well"),
    "show this help message and exit": _("show this and end"),
    "%(prog)s: error: %(message)s\n": _("%(prog)s: %(message)s\n"),
    "argument %(argument_name)s: %(message)s": _("%(argument_name)s: %(message)s"),
    "invalid %(type)s value: %(value)r": _("“%(value)s” cannot be read"),
    "invalid choice: %(value)r (choose from %(choices)s)": _("“%(value)s” is none of these: %(choices)s"),
    "unrecognized arguments: %s": _("nothing is known of this: %s"),
    "the following arguments are required: %s": _("this is missing: %s"),
    "one of the arguments %s is required": _("one of these is missing: %s"),
    "not allowed with argument %s": _("this does not go with %s"),
    "ambiguous option: %(option)s could match %(matches)s": _("“%(option)s” could be any of these: %(matches)s"),
    "ignored explicit argument %r": _("it takes no value: %s"),
    "expected one argument": _("its value is missing"),
    "expected at most one argument": _("it takes one value at most"),
    "expected at least one argument": _("it takes at least one value"),
}
# Of every command Django knows these; whoever keeps a township has no use for them.
OF_DJANGO = {"version", "verbosity", "settings", "pythonpath", "traceback", "no_color", "force_color", "skip_checks"}


def in_our_words(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """Let a parser answer in the language of the house, and show what a command takes, not what Django takes."""
    for action in parser._actions:
        if action.dest in OF_DJANGO:
            action.help = argparse.SUPPRESS
        elif action.dest == "help":
            action.help = str(WORDS["show this help message and exit"])
    parser.description = gettext(parser.description or "") or None
    for group in parser._action_groups:
        group.title = _said(group.title or "")
    vars(argparse)["_"] = _said
    return parser


def _said(words: str) -> str:
    return str(WORDS.get(words, words))
