"""A desk's running numbers are never given twice, whoever opens pages at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connection

from concerto.places.devices import next_number
from concerto.places.models import Account

NOON = datetime(2026, 7, 1, 4, 30, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_get_eight_times_other_numbers():
    account = Account.objects.create(name="lin", called="林晓", made_at=NOON)

    def take(_: int) -> list[int]:
        try:
            return [next_number(account, NOON) for _ in range(10)]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        numbers = [number for taken in pool.map(take, range(8)) for number in taken]
    assert sorted(numbers) == list(range(1, 81))
