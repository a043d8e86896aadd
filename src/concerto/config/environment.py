"""Reads the environment: every setting of an operator has one reader here, and nonsense stops the start.

A secret may stand in a file instead: `NAME_FILE` names it, so that it is in no process list.
"""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

YES = frozenset({"1", "true", "yes", "on"})
NO = frozenset({"0", "false", "no", "off", ""})


def env_text(name: str, default: str = "") -> str:
    """Return the text of a variable, or of the file that `NAME_FILE` names."""
    if name in os.environ:
        return os.environ[name].strip()
    if file := os.environ.get(f"{name}_FILE"):
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE names {file}, which can't be read: {error.strerror}") from error
    return default


def env_flag(name: str, *, default: bool = False) -> bool:
    """Return yes or no; anything that is neither is refused."""
    said = env_text(name, "1" if default else "0").lower()
    if said in YES or said in NO:
        return said in YES
    raise ImproperlyConfigured(f"{name} is {said!r}: write 1 or 0")


def env_number(name: str, default: int, *, least: int, most: int) -> int:
    """Return a whole number between two bounds."""
    said = env_text(name, str(default))
    if said.isascii() and said.isdigit() and least <= int(said) <= most:
        return int(said)
    raise ImproperlyConfigured(f"{name} is {said!r}: write a whole number from {least} to {most}")


def env_list(name: str, default: str = "") -> list[str]:
    """Return what stands between commas, without the empty."""
    return [item.strip() for item in env_text(name, default).split(",") if item.strip()]


def env_folder(name: str, default: Path) -> Path:
    """Return an absolute folder; it need not exist yet, but a file there is refused."""
    folder = Path(env_text(name, str(default))).expanduser().absolute()
    if folder.exists() and not folder.is_dir():
        raise ImproperlyConfigured(f"{name} names {folder}, which is not a folder")
    return folder
