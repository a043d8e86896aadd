"""What a case is called wherever it is spoken of: its sort, source, channel, level and stage, what comes next in each
stage, and each act on it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .cases import CATEGORIES, OF_A_FAMILY, SUB_TYPES
from .words import Words

SORT_WORDS: Words = {
    "marriage_and_family": pgettext_lazy("case sort", "Marriage and family"),
    "neighbours": pgettext_lazy("case sort", "Neighbours"),
    "housing": pgettext_lazy("case sort", "Houses and plots"),
    "contracts": pgettext_lazy("case sort", "Contracts"),
    "production": pgettext_lazy("case sort", "Production and business"),
    "damages": pgettext_lazy("case sort", "Damages"),
    "hills_and_land": pgettext_lazy("case sort", "Hills, woods and land"),
    "land_taking": pgettext_lazy("case sort", "Land taken, houses pulled down"),
    "pollution": pgettext_lazy("case sort", "Pollution"),
    "migrant_wages": pgettext_lazy("case sort", "Wages of migrant workers"),
    "other_labour": pgettext_lazy("case sort", "Other labour matters"),
    "tourism": pgettext_lazy("case sort", "Tourism"),
    "online_trade": pgettext_lazy("case sort", "Trade online"),
    "other_consumers": pgettext_lazy("case sort", "Other consumers' matters"),
    "medical": pgettext_lazy("case sort", "Medical treatment"),
    "road_accidents": pgettext_lazy("case sort", "Road accidents"),
    "property_services": pgettext_lazy("case sort", "Property services"),
    "other": pgettext_lazy("case sort", "Something else"),
    "pasture_boundary": pgettext_lazy("case sort", "Boundary of pasture"),
    "land_lease": pgettext_lazy("case sort", "Lease of land"),
    "livestock_sale": pgettext_lazy("case sort", "Sale of livestock"),
    "debts": pgettext_lazy("case sort", "Debts"),
    "livestock_damage": pgettext_lazy("case sort", "Damage by livestock"),
    "water_turns": pgettext_lazy("case sort", "Turns of water"),
    "walls_and_paths": pgettext_lazy("case sort", "Walls and paths"),
    "inheritance": pgettext_lazy("case sort", "Inheritance"),
}
# What comes up here oftenest stands first, then the eighteen in their order; what is a family's by itself.
OFTEN = tuple(sort for sort in SUB_TYPES if sort not in OF_A_FAMILY)
OTHERS = tuple(sort for sort in CATEGORIES if sort not in OF_A_FAMILY)
SOURCE_WORDS: Words = {
    "asked": pgettext_lazy("case source", "A party asked for it"),
    "own_initiative": pgettext_lazy("case source", "Our own initiative"),
    "court": pgettext_lazy("case source", "From a court"),
    "procuratorate": pgettext_lazy("case source", "From the procuratorate"),
    "police": pgettext_lazy("case source", "From the police"),
    "petition": pgettext_lazy("case source", "From the letters and visits office"),
    "other_office": pgettext_lazy("case source", "From another office"),
}
CHANNEL_WORDS: Words = {
    "people": pgettext_lazy("case channel", "People's mediation"),
    "admin": pgettext_lazy("case channel", "Administrative mediation"),
    "court": pgettext_lazy("case channel", "Court"),
}
LEVEL_WORDS: Words = {
    "village": pgettext_lazy("case level", "Village"),
    "township": pgettext_lazy("case level", "Township"),
    "county": pgettext_lazy("case level", "County"),
}
DIFFICULTY_WORDS: Words = {
    "simple": pgettext_lazy("case difficulty", "Simple"),
    "complex": pgettext_lazy("case difficulty", "Complex"),
    "hard": pgettext_lazy("case difficulty", "Hard"),
}
STAGE_WORDS: Words = {
    "brought": pgettext_lazy("case stage", "Brought, nobody has answered"),
    "not_accepted": pgettext_lazy("case stage", "Not taken on, the right way told"),
    "accepted": pgettext_lazy("case stage", "Taken on, both sides are asked"),
    "willing": pgettext_lazy("case stage", "Both sides want mediation"),
    "talking": pgettext_lazy("case stage", "Being talked through"),
    "agreed": pgettext_lazy("case stage", "Agreed, signatures are missing"),
    "in_effect": pgettext_lazy("case stage", "Agreed and in effect"),
    "between_themselves": pgettext_lazy("case stage", "Settled between themselves"),
    "not_settled": pgettext_lazy("case stage", "Not settled, other routes told"),
    "withdrawn": pgettext_lazy("case stage", "Withdrawn"),
    "refused": pgettext_lazy("case stage", "Refused by a side"),
}
# What comes next in each stage. Of one that is agreed is said who has still to sign.
NEXT_WORDS: Words = {
    "brought": _("Say whether it is taken on, or tell the right way."),
    "accepted": _("Ask each party by itself whether it wants mediation."),
    "willing": _("Both sides are willing: talk with them."),
    "talking": _("Talk again, or write down what they agreed."),
    "in_effect": _("Ask whether what was agreed is done."),
    "between_themselves": _("They settled it themselves. Nothing more is owed."),
    "not_accepted": _("It was not taken on here. The right way was told."),
    "not_settled": _("It ended without an agreement: an honourable end. The other routes stay open."),
    "withdrawn": _("It was withdrawn: an honourable end."),
    "refused": _("A side did not want mediation: an honourable end. The other routes stay open."),
}
A_SIDE_REFUSED = _("A whole side does not want mediation: end it, and tell the other routes.")
ACT_WORDS: Words = {
    "accept": pgettext_lazy("case act", "Take it on"),
    "not-accept": pgettext_lazy("case act", "Not ours: tell the way"),
    "party": pgettext_lazy("case act", "Add a party"),
    "consent": pgettext_lazy("case act", "What a party says"),
    "tell": pgettext_lazy("case act", "A party was told"),
    "mediator": pgettext_lazy("case act", "Name the mediator"),
    "session": pgettext_lazy("case act", "They were talked with"),
    "agree": pgettext_lazy("case act", "What they agreed"),
    "sign": pgettext_lazy("case act", "A signature"),
    "end": pgettext_lazy("case act", "End it"),
    "perform": pgettext_lazy("case act", "Is it done"),
    "apply": pgettext_lazy("case act", "Both apply to the court"),
    "court": pgettext_lazy("case act", "What the court said"),
    "visit": pgettext_lazy("case act", "A return visit"),
    "weigh": pgettext_lazy("case act", "How hard the matter is"),
    "hand": pgettext_lazy("case act", "Hand it on"),
    "receive": pgettext_lazy("case act", "Take it on here"),
    "return": pgettext_lazy("case act", "Send it back"),
    "done-there": pgettext_lazy("case act", "Done here, back to them"),
    "office-done": pgettext_lazy("case act", "The office has done it"),
    "office-returned": pgettext_lazy("case act", "The office sent it back"),
    "help": pgettext_lazy("case act", "Ask another desk for help"),
    "link": pgettext_lazy("case act", "Handle it together with another"),
    "conflict": pgettext_lazy("case act", "Something ties a mediator to a side"),
    "opening": pgettext_lazy("case act", "What was told at first"),
    "settled": pgettext_lazy("case act", "What was settled on the spot"),
    "help-answer": pgettext_lazy("case act", "Answer"),
}
