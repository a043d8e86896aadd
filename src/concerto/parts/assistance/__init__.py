"""The assistance ledger (服务员): needs of households, and how helped households fare."""
