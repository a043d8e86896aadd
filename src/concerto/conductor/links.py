"""What the door asks of helpers: somebody else who is to help gets a link of their own, and the household is asked."""

from concerto.groundwork.refusals import refuse
from concerto.journal.kinds.households import HelperChange1
from concerto.journal.said import Body, Said
from concerto.register.fields import standing_words

from .sitting import Sitting


def check_helper(said: Said, body: Body, at_door: Sitting) -> None:
    """Let a change name who helps where nobody was ever named, and never pass a link to somebody else.

    What a household agreed to was this helper. Its months under them stay told, and the next begins with a question;
    a link that names nobody any more was theirs all the same.
    """
    if not isinstance(body, HelperChange1) or not body.helper:
        return
    others = [fact for fact in at_door.told(body.link) if fact.first != said.first]
    told = [words.body.changes(body.link) for _, words in standing_words(body.link, others) if words.body]
    named = {changed["helper"] for changed in told if changed.get("helper")}
    refuse(bool(named - {body.helper}), "link_of_another_helper")
