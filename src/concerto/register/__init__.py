"""Who is who: residents, households, memberships, postings and grants, kept as a ledger like the other five."""
