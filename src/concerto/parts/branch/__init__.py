"""The branch ledger (组织员): members' pledges and branch matters."""
