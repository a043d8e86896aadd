"""Whether several wordings gave a thing its fields, said in SQL: an index holds the few of whom that is so."""

from typing import Any

from django.db.models import BooleanField, Func

# The id at the end of the text, its quotes and all, taken out wherever it stands: is another left?
LEFT = "REPLACE(%(expressions)s, SUBSTR(%(expressions)s, LENGTH(%(expressions)s) - 38, 38), '')"


class SeveralWordings(Func):
    """Tell it from the text of `wordings`; written without values, so that either engine finds the index by it."""

    template = f"REPLACE({LEFT}, ':\"', '') <> {LEFT}"
    output_field: Any = BooleanField()
    arity = 1
