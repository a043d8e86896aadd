"""WHO IS WHO, a ledger like the five: households, residents, members, helper links, postings."""
