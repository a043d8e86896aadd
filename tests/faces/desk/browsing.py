"""Filling in forms as a browser does: what a page shows in its fields is sent, unless it is typed over."""

from html.parser import HTMLParser
from typing import Any

from django.urls import reverse


class Fields(HTMLParser):
    """The fields of the form that records something, as they are shown."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self.found: dict[str, list[str]] = {}
        self.select: str = ""
        self.area: str = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.values = {}
        elif tag == "input" and said.get("name"):
            is_box = said.get("type") in ("radio", "checkbox")
            if not is_box or "checked" in said:
                self.values.setdefault(said["name"], []).append(said.get("value", "on" if is_box else ""))
        elif tag == "textarea":
            self.area = said["name"]
            self.values[self.area] = [""]
        elif tag == "select":
            self.select = said["name"]
            self.values[self.select] = []
        elif tag == "option" and self.select and ("selected" in said or not self.values[self.select]):
            self.values[self.select] = [said.get("value", "")]

    def handle_data(self, data: str) -> None:
        if self.area:
            self.values[self.area] = [self.values[self.area][0] + data]

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.values[self.area] = [self.values[self.area][0].removeprefix("\r\n").removeprefix("\n")]
            self.area = ""
        if tag == "select":
            self.select = ""
        if tag == "form" and any(name.endswith("draft") for name in self.values):
            self.found = self.values


def shown(answer: Any) -> dict[str, list[str]]:
    """Give what the form of a page would send untouched."""
    found = Fields(answer.content.decode()).found
    assert found, answer.content.decode()[:2000]
    return found


class Browser:
    """One person's browser."""

    def __init__(self, desk: Any, account: Any) -> None:
        self.client = desk.of(account)

    def open(self, name: str, /, *args: Any, at: str = "") -> Any:
        """Open a page."""
        return self.client.get(reverse(f"desk:{name}", args=args) + at)

    def text(self, name: str, /, *args: Any, at: str = "") -> str:
        """Open a page that must be there, and read it."""
        answer = self.open(name, *args, at=at)
        assert answer.status_code == 200, answer.status_code
        return str(answer.content.decode())

    def filled(self, name: str, /, *args: Any, at: str = "", **typed: Any) -> dict[str, Any]:
        """Open a form and fill it in, without sending it."""
        return {
            **shown(self.open(name, *args, at=at)),
            **{key.replace("__", "-"): value for key, value in typed.items()},
        }

    def post(self, name: str, *args: Any, data: dict[str, Any]) -> Any:
        """Send what was filled in."""
        return self.client.post(reverse(f"desk:{name}", args=args), data)

    def send(self, name: str, /, *args: Any, at: str = "", **typed: Any) -> Any:
        """Open a form, fill it in and send it."""
        return self.post(name, *args, data=self.filled(name, *args, at=at, **typed))
