"""The study ledger (宣传员): talks on a policy and lessons at home."""
