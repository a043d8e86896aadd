"""Whether several wordings gave a thing its fields, said in SQL: an index holds the few of whom that is so."""

from django.db.models import BooleanField, Func

# The id at the end of the text, its quotes and all, taken out wherever it stands: is another left?
LEFT = "REPLACE(%(expressions)s, SUBSTR(%(expressions)s, LENGTH(%(expressions)s) - 38, 38), '')"
SEVERAL = f"REPLACE({LEFT}, ':\"', '') <> {LEFT}"


def several_wordings(column: str) -> Func:
    """Tell it from the text of `wordings`; written without values, so that either engine finds the index by it.

    It is a function as the framework knows it: a migration says the same for itself, and needs nothing from here.
    """
    return Func(column, template=SEVERAL, output_field=BooleanField())


def several_in_sql(column: str) -> str:
    """Write the same as a condition of a bare statement."""
    return SEVERAL % {"expressions": column}
