"""Every part of the look on one page, for whoever works on it; tests render it and look for what is missing."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template import RequestContext, engines
from django.urls import path
from django.utils.functional import Promise
from django.utils.html import format_html

from concerto.config import urls as house
from concerto.faces.desk.drawing import FIVE, Mark
from concerto.faces.desk.icons import ICONS
from concerto.places.sight import Role

HERE = Path(__file__).parent
ASOF = date(2026, 9, 18)


@dataclass(frozen=True)
class Example:
    """An invented entry, as a list of entries shows it."""

    on: date
    parts: tuple[str, ...]
    words: str
    more: str = ""
    state: str = "met"


EXAMPLES = (
    Example(
        date(2026, 9, 16),
        ("study", "visits", "assistance"),
        "上门，见到阿依努尔·木拉提",
        "没有变化，讲草原补奖",
        "waiting",
    ),
    Example(date(2026, 9, 2), ("visits", "disputes"), "电话，马福来", "听到一个苗头"),
    Example(date(2026, 8, 21), ("visits", "assistance"), "上门，见到阿依努尔·木拉提", "没有变化"),
    Example(date(2026, 8, 21), ("visits",), "电话，阿依努尔·木拉提"),
    Example(
        date(2026, 7, 7), ("study", "visits", "assistance"), "上门，巴合提·沙依拉", "撤回了，见下一笔", "withdrawn"
    ),
    Example(date(2026, 7, 6), ("visits",), "7月没走访", "路断了", "missed"),
    *(Example(ASOF - timedelta(days=30 * n + 11), FIVE[n % 3 : 3 + n % 2], "上门") for n in range(2, 11)),
)


class SpecimenForm(forms.Form):
    """One field of every sort."""

    day = forms.ChoiceField(
        label="哪天",
        widget=forms.RadioSelect,
        choices=[("today", "今天"), ("other", "昨天"), ("date", "别的日子")],
        initial="today",
    )
    met = forms.MultipleChoiceField(
        label="见到谁",
        widget=forms.CheckboxSelectMultiple,
        choices=[("1", "阿依努尔·木拉提"), ("2", "木拉提·哈山"), ("nobody", "没见到人"), ("declined", "不愿谈")],
    )
    on = forms.DateField(label="哪一天", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    unit = forms.ChoiceField(label="哪个村", choices=[("", "选一个"), ("1", "上泉村"), ("2", "中泉村")])
    phone = forms.CharField(label="手机号", help_text="11 位，例如 100 2004 7715")
    words = forms.CharField(
        label="有什么难处、想办的事",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="照她的原话写。",
    )
    agreed = forms.BooleanField(label="户里同意结对", required=False)


def specimen(request: HttpRequest) -> HttpResponse:
    """Show every mark, drawing, colour, button and state."""
    return HttpResponse(drawn(request, "parts.html", context()))


def form_page(request: HttpRequest) -> HttpResponse:
    """Show a form page with its dock."""
    return HttpResponse(drawn(request, "form.html", context(SpecimenForm(initial={"met": ["1"]}))))


def drawn(request: HttpRequest, name: str, shown: dict[str, object]) -> str:
    """Draw a page of the specimen as an instructor sees it, with the address `?text=` may ask for larger letters."""
    text_size = request.GET.get("text", "m")
    request.user = SimpleNamespace(is_authenticated=True, is_anonymous=False, called="林致远", text_size=text_size)
    request.sight = SimpleNamespace(roles=frozenset({Role.INSTRUCTOR}))
    template = engines["django"].engine.from_string((HERE / "templates" / name).read_text(encoding="utf-8"))
    return str(template.render(RequestContext(request, shown)))


urlpatterns = [
    path("specimen/", login_not_required(specimen)),
    path("specimen/form/", login_not_required(form_page)),
    *house.urlpatterns,
]


def context(form: forms.Form | None = None) -> dict[str, object]:
    """What both pages show; without a form of its own, one with mistakes."""
    posted: dict[str, str | Promise] = {
        "study": format_html("<strong>{}</strong> {}", "政策宣讲", "草原补奖"),
        "visits": format_html("<strong>{}</strong> {}", "走访台账", "上门，见到 2 人"),
        "assistance": format_html("<strong>{}</strong> {}", "诉求", "1 条"),
    }
    return {
        "form": form or SpecimenForm({"day": "today"}),
        "marks": list(Mark),
        "parts": FIVE,
        "icons": list(ICONS),
        "posted": posted,
        "entries": EXAMPLES,
        "asof": ASOF,
    }
