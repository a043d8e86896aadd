"""What the codes of a case are called wherever it is spoken of: its sort, source, channel, level and stage."""

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
