"""The dispute ledger (调解员): leads, and the cases that grow from them."""
