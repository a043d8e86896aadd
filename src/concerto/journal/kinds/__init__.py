"""Every kind of entry, by version. A kind is one class; old versions are lifted when read, never rewritten."""

from typing import Any

import msgspec

from concerto.groundwork.refusals import Refused

from ..said import Body
from .case_attachments import CaseAttachment1
from .case_slips import CaseCall1, CaseSlip1
from .case_steps import (
    CaseAgreement1,
    CaseConsent1,
    CaseHandover1,
    CaseHelp1,
    CasePerformance1,
    CaseReturnVisit1,
    CaseSession1,
    CaseSignature1,
    CaseStep1,
)
from .cases import Case1, CaseParty1, SpotSettlement1
from .consents import Consent1
from .deeds import Deed1
from .editions import DayTable1, Edition1, EditionAnswer1
from .households import Helper1, HelperChange1, Household1, HouseholdChange1, HouseholdSplit1, Merger1
from .keeping import Erasure1, Restored1, Restriction1, Settled1
from .meeting import Meeting1
from .needs import Handover1, Need1, NeedMerger1, NeedStep1, NeedWord1
from .panel import PanelChange1, PanelMember1
from .people import Member1, MemberChange1, Resident1, ResidentChange1
from .postings import Posting1, PostingChange1
from .presence import NotThere1
from .protected import ProtectedCase1, ProtectedStep1
from .rounds import Round1, RoundEnd1, VisitWish1
from .screening import Screening1
from .seats import Seat1, SeatChange1, Suspension1, SuspensionChange1
from .slips import CallAsked1, MatterSlip1, MatterSlipVoid1, SlipSheet1, Treated1
from .study import OwnStudy1, Study1
from .suggestions import Suggestion1, SuggestionReply1
from .taking_over import TakenOver1
from .talks import HeartTalk1
from .village_facts import FactConfirmed1, VillageFact1
from .visit import Visit1
from .waivers import Waiver1, WaiverAnswer1

KINDS: tuple[type[Body], ...] = (
    Household1,
    HouseholdChange1,
    HouseholdSplit1,
    Merger1,
    Helper1,
    HelperChange1,
    Resident1,
    ResidentChange1,
    Member1,
    MemberChange1,
    Posting1,
    PostingChange1,
    Seat1,
    SeatChange1,
    Suspension1,
    SuspensionChange1,
    Visit1,
    Meeting1,
    Study1,
    OwnStudy1,
    HeartTalk1,
    NotThere1,
    Waiver1,
    WaiverAnswer1,
    Edition1,
    EditionAnswer1,
    DayTable1,
    TakenOver1,
    Round1,
    RoundEnd1,
    VisitWish1,
    Deed1,
    SlipSheet1,
    MatterSlip1,
    MatterSlipVoid1,
    CallAsked1,
    Treated1,
    Need1,
    NeedStep1,
    NeedWord1,
    Handover1,
    NeedMerger1,
    Erasure1,
    Restriction1,
    Settled1,
    Restored1,
    VillageFact1,
    FactConfirmed1,
    Consent1,
    Suggestion1,
    SuggestionReply1,
    PanelMember1,
    PanelChange1,
    Screening1,
    Case1,
    SpotSettlement1,
    CaseParty1,
    CaseConsent1,
    CaseStep1,
    CaseSession1,
    CaseAgreement1,
    CaseSignature1,
    CasePerformance1,
    CaseReturnVisit1,
    CaseHandover1,
    CaseHelp1,
    CaseAttachment1,
    ProtectedCase1,
    ProtectedStep1,
    CaseSlip1,
    CaseCall1,
)
# What the register is made of: these the home itself may record, without a person.
REGISTER_KINDS = frozenset(kind.KIND for kind in KINDS[:16])
# What is read by its author alone, wherever it stands: on no page, in no count and no file of anybody else.
PRIVATE_KINDS = frozenset({OwnStudy1.KIND})
# What is read by nobody above the village: there a household has no why.
VILLAGE_KINDS = frozenset({VisitWish1.KIND, Consent1.KIND})
HOME_KINDS = REGISTER_KINDS | {"erasure", "restored"}
# What whoever holds a slip may say at the resident's door; the home writes it down for them, and nothing else.
SLIP_KINDS = frozenset({NeedWord1.KIND, CallAsked1.KIND, CaseCall1.KIND, Treated1.KIND})
# What is nobody's: no page knows its author, and what is not taken lies in no tray, since a tray names who brought it.
NOBODYS_KINDS = frozenset({Suggestion1.KIND})
# What is said of a case: read on its page alone, by who handles it.
CASE_KINDS = frozenset(kind.KIND for kind in KINDS if kind.KIND.startswith("case")) | {SpotSettlement1.KIND}
# What is noted of somebody hurt or afraid: its author's no more than anybody's, and what is not taken lies in no tray.
PROTECTED_KINDS = frozenset({ProtectedCase1.KIND, ProtectedStep1.KIND})
# What stands on no page, in no count and no file but on one of its own: suggestions, how somebody was treated, cases.
APART_KINDS = NOBODYS_KINDS | CASE_KINDS | PROTECTED_KINDS | {Treated1.KIND, SuggestionReply1.KIND}

# Some of their rules are asked at the door alone: votes that must add up, the rulebook, days, units, notices.
AT_THE_DOOR = frozenset({Meeting1.KIND, Edition1.KIND, DayTable1.KIND, Round1.KIND, VillageFact1.KIND, Consent1.KIND})

_decoders: dict[tuple[str, int], msgspec.json.Decoder[Any]] = {
    (kind.KIND, kind.VERSION): msgspec.json.Decoder(kind) for kind in KINDS
}


def is_known(kind: str, version: int) -> bool:
    """Tell whether this server knows entries of this kind and version."""
    return (kind, version) in _decoders


def read_body(kind: str, version: int, raw: bytes | msgspec.Raw) -> Body:
    """Read what an entry says, or refuse it with the code of the rule it breaks."""
    try:
        body: Body = _decoders[kind, version].decode(raw)
    except msgspec.ValidationError as wrong:
        raise _refusal(wrong) from None
    return body


def _refusal(wrong: msgspec.ValidationError) -> Refused:
    """Give the refusal a rule raised; msgspec wraps what `__post_init__` raises only if it is a ValueError."""
    return wrong.__cause__ if isinstance(wrong.__cause__, Refused) else Refused("not_understood", what=str(wrong))
