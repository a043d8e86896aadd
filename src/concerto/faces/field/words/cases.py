"""What the phone says of a case in its person's hands: its life as data, what may follow, the words of each code."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from concerto.journal.kinds.case_steps import ROUTES
from concerto.journal.kinds.case_words import A_SIDE_REFUSED, ACT_WORDS, NEXT_WORDS, SOURCE_WORDS, STAGE_WORDS
from concerto.papers.mechanism import tongue_read
from concerto.parts.disputes.states import MAY_FOLLOW, OPEN, STAGES, TURNS
from concerto.rulebook.routes import routes

# The acts of the desk that a phone has too; all others stay there, and the page says so.
ON_A_PHONE = ("accept", "not-accept", "consent", "tell", "session", "agree", "sign", "perform", "visit", "mediator",
              "party", "end")  # fmt: skip


def said() -> dict[str, Any]:
    """Give them by name."""
    english = tongue_read() == "en"
    return {
        "case_turns": {step: dict(turns) for step, turns in TURNS.items()},
        "case_follow": {stage: " ".join(MAY_FOLLOW[stage]) for stage in STAGES},
        "case_open": " ".join(OPEN),
        "case_stages": _plain(STAGE_WORDS),
        "case_acts": _plain({act: ACT_WORDS[act] for acts in MAY_FOLLOW.values() for act in acts}),
        "case_next": _plain({**NEXT_WORDS, "refused_side": A_SIDE_REFUSED}),
        **codes(),
        "case_routes": {
            code: routes()[code].name.en if english else routes()[code].name.zh for code in ROUTES if code in routes()
        },
        "case_asks": asked(),
        "case_wrong": {
            "missing": _("Still missing."),
            "choose": _("Choose one."),
        },
        **sentences(),
    }


def codes() -> dict[str, dict[str, str]]:
    """Give the words of each code that is chosen in a form, as the desk's forms say them."""
    return {
        "case_sides": {
            "a": pgettext("case side", "Side A"),
            "b": pgettext("case side", "Side B"),
            "third": pgettext("case side", "A third party"),
        },
        "case_party_sorts": {
            "person": pgettext("case party", "A person"),
            "organisation": pgettext("case party", "An organisation"),
        },
        "case_consents": {
            "mediation": pgettext("case consent", "Mediation"),
            "mediator": pgettext("case consent", "This mediator"),
            "extension": pgettext("case consent", "More time, until a day"),
            "transfer": pgettext("case consent", "Handing it to another channel"),
            "helpers": pgettext("case consent", "Relatives, neighbours or experts helping"),
            "notes": pgettext("case consent", "A later mediator reading what they said alone"),
            "confirmation": pgettext("case consent", "Applying to the court together"),
        },
        "case_answers": {
            "agreed": pgettext("case answer", "Yes"),
            "refused": pgettext("case answer", "No"),
        },
        "case_by": {
            "self": pgettext("case answer", "They said it themselves"),
            "representative": pgettext("case answer", "Who speaks for them"),
        },
        "case_ways": {
            "in_person": pgettext("case way", "Face to face"),
            "phone_call": pgettext("case way", "By telephone"),
            "paper": pgettext("case way", "On paper"),
        },
        "case_told": {
            "rights": pgettext("case told", "Their rights: free of charge, of their own will, a court stays open"),
            "routes": pgettext("case told", "The other routes"),
            "confirmation": pgettext("case told", "That a court may confirm it, within 30 days, both together"),
            "how_it_goes": pgettext("case told", "How it goes on"),
        },
        "case_ends": {
            "between_themselves": pgettext("case end", "They settled it between themselves, without a mediator"),
            "not_settled": pgettext("case end", "It could not be settled"),
            "withdrawn": pgettext("case end", "They withdraw it"),
            "refused": pgettext("case end", "A side does not want mediation"),
        },
        "case_kept": {
            "kept": pgettext("case kept", "Done"),
            "partly": pgettext("case kept", "Partly"),
            "broken": pgettext("case kept", "Not done"),
        },
        "case_forms": {
            "written": pgettext("case agreement", "In writing"),
            "oral": pgettext("case agreement", "By word, equally good"),
        },
        "case_afraid": {
            "no": pgettext("afraid", "No"),
            "yes": pgettext("afraid", "Yes, somebody is hurt or afraid"),
        },
        "case_sources": _plain(SOURCE_WORDS),
        "case_procedures": {
            "before_filing": pgettext("case procedure", "Before it filed the case"),
            "ordinary": pgettext("case procedure", "Filed, ordinary procedure"),
            "simplified": pgettext("case procedure", "Filed, simplified procedure"),
        },
        "case_settles": {
            "marriage": pgettext("case settles", "Marriage"),
            "adoption": pgettext("case settles", "Adoption"),
            "identity": pgettext("case settles", "Whose child somebody is"),
            "ownership": pgettext("case settles", "Who owns land or pasture"),
        },
    }


def asked() -> dict[str, str]:
    """Give the questions of the forms by name, as the desk asks them."""
    return {
        "on": _("On which day"),
        "party": _("Which party"),
        "to": _("Asked about"),
        "answer": pgettext("case party", "What they said"),
        "until": _("Until which day"),
        "way": _("How they said it"),
        "by": _("Who said it"),
        "told_of": _("What they were told"),
        "mediator": _("Who mediates"),
        "there": _("Who was there"),
        "place": _("Where"),
        "record": _("What was said"),
        "note_a": _("What side A said alone"),
        "note_b": _("What side B said alone"),
        "interim": _("What holds until then"),
        "next_on": _("Next talk on"),
        "form": _("How they agreed"),
        "what": pgettext("case item", "What is to be done"),
        "who": _("Who does it"),
        "due": _("By which day"),
        "amount": _("Amount in yuan"),
        "facts": _("What happened and who answers for what"),
        "settles": _("It is about one of these, which no court confirms"),
        "signed": _("Who signed"),
        "how": _("How it ends"),
        "routes": _("Which other routes were told"),
        "words": _("What is to be noted"),
        "item": _("What was agreed"),
        "kept": _("Is it done"),
        "in_words": _("In their words"),
        "content": _("Whether they are content"),
        "hidden": _("What may still smoulder"),
        "side": _("On which side"),
        "name": pgettext("party", "Name"),
        "sort": _("Who it is"),
        "minor": _("Not of age yet"),
        "represented_by": _("Who speaks for them"),
        "phone": _("Telephone"),
        "afraid": _("Is anybody hurt or afraid? Ask each alone."),
        "unit": _("In which village"),
        "source": _("How it came"),
        "procedure": _("The court sent it"),
        "about": pgettext("quarrel", "What it was about"),
        "a": _("Side A, name"),
        "b": _("Side B, name"),
        "summary": _("What happened, and what is wanted"),
    }


def sentences() -> dict[str, Any]:
    """Give what its pages say besides."""
    return {
        "cases_here": _("Cases in your hands"),
        "cases_count": (
            ngettext("{n} under way", "{n} under way", 1),
            ngettext("{n} under way", "{n} under way", 2),
        ),
        "cases_more": (ngettext("{n} more at the desk", "{n} more at the desk", 1),
                       ngettext("{n} more at the desk", "{n} more at the desk", 2)),
        "case_about": pgettext("quarrel", "What it was about"),
        "case_between": _("{a} and {b}"),
        "case_everybody": _("Everybody"),
        "case_unasked": _("not asked yet"),
        "case_wants": _("wants mediation"),
        "case_no": _("does not want mediation"),
        "case_rights": _("rights told"),
        "case_minor": _("a minor"),
        "case_speaks": _("{who} speaks for them"),
        "case_ask_them": _("Record what they say"),
        "case_at_the_desk": _("At the desk: {acts}."),
        "case_away": _("It waits for another desk or office: what that answers is recorded at the desk."),
        "case_missing": _("Still missing: {what}. Then it is in effect."),
        "case_mediator_signs": _("the mediator's signature"),
        "case_seal": _("the committee's seal"),
        "case_the_mediator": _("the mediator: {name}"),
        "case_the_seal": _("the seal, held by {name}"),
        "case_talk_on": _("Talk of {day}"),
        "case_brought_on": pgettext("case", "Brought on"),
        "case_next_talk": _("Next talk"),
        "case_due": _("Due"),
        "case_stands": _("How it stands"),
        "case_number": pgettext("case", "Number"),
        "case_author": _("Read by you alone; by a later mediator once that side agrees."),
        "case_all_asked": _("All was asked about: visit both sides again."),
    }  # fmt: skip


def _plain(words: Mapping[str, str | Promise]) -> dict[str, str]:
    return {code: str(text) for code, text in words.items()}
