"""Which folds a thing cues: the whole table, one fold for each ledger it stands in."""

from concerto.journal.said import Fold
from concerto.parts.assistance import deeds, needs, suggestions
from concerto.parts.assistance import posting as assistance
from concerto.parts.branch import posting as branch
from concerto.parts.disputes import cases, protected
from concerto.parts.disputes import posting as disputes
from concerto.parts.study import posting as study
from concerto.parts.visits import posting as visits
from concerto.parts.visits import rounds, village_facts
from concerto.places.sight import Part
from concerto.register import amending, consenting, engaging, giving, handing, seating, waiving
from concerto.register import posting as register

CUES: dict[str, tuple[Fold, ...]] = {
    # the register
    "household": (register.fold_household,),
    "resident": (register.fold_resident,),
    "member": (register.fold_member,),
    "helper_link": (register.fold_helper_link,),
    "posting": (register.fold_posting,),
    "seat": (seating.fold_seat,),
    "edition": (amending.fold_edition,),
    "day_table": (amending.fold_days,),
    "waiver": (waiving.fold_waiver,),
    "consent": (consenting.fold_consent,),
    "suspension": (seating.fold_suspension,),
    "matter_slip": (giving.fold_matter_slip,),
    "panel_member": (engaging.fold_panel_member,),
    "erasure": (register.fold_erasure,),
    # the five
    "visit": (study.fold, visits.fold, assistance.fold_visit),
    "round": (rounds.fold_round,),
    "visit_wish": (rounds.fold_wish,),
    "village_fact": (village_facts.fold_fact,),
    "deed": (deeds.fold_deed,),
    "meeting": (study.fold_meeting, branch.fold_meeting),
    "study": (study.fold_study,),
    "own_study": (study.fold_own_study,),
    "heart_talk": (branch.fold_heart_talk,),
    "branch_matter": (branch.fold,),
    "resolution": (branch.fold,),
    "lead": (disputes.fold,),
    "screening": (disputes.fold_screening,),
    "case": (cases.fold_case,),
    "protected_case": (protected.fold_protected,),
    "need": (needs.fold_need, handing.fold_handed),
    "treated": (),
    "suggestion": (suggestions.fold_suggestion,),
    # the book itself, and what stands within another thing: they leave no line
    **dict.fromkeys(("case_party", "case_item", "case_agreement"), ()),
    "settled": (),
    "restored": (),
    "entry": (),
}

# Every table a fold writes, in the order of the staff; `verify` and `rebuild` walk through it.
LEDGERS: dict[type, str] = {
    register.HouseholdRow: "register",
    register.ResidentRow: "register",
    register.MembershipRow: "register",
    register.MemberRow: "register",
    register.HelperLinkRow: "register",
    register.PostingRow: "register",
    seating.SeatRow: "register",
    seating.SuspensionRow: "register",
    seating.GroupingRow: "register",
    waiving.WaiverRow: "register",
    amending.EditionRow: "register",
    amending.DaysRow: "register",
    giving.MatterSlipRow: "register",
    handing.HandedOverRow: "register",
    consenting.ConsentRow: "register",
    engaging.PanelMemberRow: "register",
    register.ErasedRow: "register",
    study.TalkRow: Part.STUDY,
    study.TimeRow: Part.STUDY,
    branch.MatterRow: Part.BRANCH,
    visits.VisitRow: Part.VISITS,
    rounds.RoundRow: Part.VISITS,
    rounds.WishRow: Part.VISITS,
    village_facts.VillageFactRow: Part.VISITS,
    disputes.LeadRow: Part.DISPUTES,
    cases.CaseRow: Part.DISPUTES,
    cases.CaseStepRow: Part.DISPUTES,
    cases.CasePartyRow: Part.DISPUTES,
    cases.CaseItemRow: Part.DISPUTES,
    cases.CaseReaderRow: Part.DISPUTES,
    cases.CaseNumberRow: Part.DISPUTES,
    protected.ProtectedRow: Part.DISPUTES,
    protected.ProtectedStepRow: Part.DISPUTES,
    protected.ProtectedReaderRow: Part.DISPUTES,
    assistance.AssistanceRow: Part.ASSISTANCE,
    needs.NeedRow: Part.ASSISTANCE,
    needs.NeedStepRow: Part.ASSISTANCE,
    suggestions.SuggestionRow: Part.ASSISTANCE,
}

LEDGER_VERSION = ".".join(
    str(version)
    for version in (
        register.LEDGER_VERSION,
        study.LEDGER_VERSION,
        branch.LEDGER_VERSION,
        visits.LEDGER_VERSION,
        disputes.LEDGER_VERSION,
        assistance.LEDGER_VERSION,
    )
)

# The sorts of thing whose folds read sealed words; all others copy digests alone.
READS_WORDS = frozenset({"household", "resident", "matter_slip", "panel_member"})
