"""The names of what can be measured, each with its words and where it is done."""

MEASURES: dict[str, str] = {
    "receive-one": "entries a second, one by one: 8 clients over one log and over fifteen, and through HTTP",
    "receive-batch": "entries a second in batches of 50: one client, and 8 over one log and over fifteen",
    "ledger-page": "the visit ledger's first page, in milliseconds, at 1,000, 100,000 and 1,000,000 entries",
    "household-card": "the card of a household, in milliseconds, at 1,000, 100,000 and 1,000,000 entries",
    "verify": "entries a second that are proven, and the memory it takes",
    "rebuild": "entries a second that are folded again, and the memory it takes",
    "field": "a phone: bytes of the page, of a visit, of a village; entries a second from 1, 8 and 32 phones at once",
    "standing": "what is owed: the board of a month, the year of a duty, somebody's Today; time and memory",
    "needs": "household card, needs board and trip at a county's size: median, one of twenty, and against 1,000",
    "disputes": "board of cases, numbers and open list at 100,000 cases: median, one of twenty, and against 1,000",
    "slip": "what a resident's telephone loads for a look at a matter, in bytes; --json tells one number",
    "memory": "what a process holds at most while it receives and while it verifies, in MB",
}

MODULES = {
    "receive-one": "receiving",
    "receive-batch": "receiving",
    "ledger-page": "pages",
    "household-card": "pages",
    "verify": "again",
    "rebuild": "again",
    "field": "field",
    "standing": "standing",
    "needs": "needs",
    "disputes": "disputes",
    "slip": "slip",
    "memory": "again",
}
