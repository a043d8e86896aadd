"""The desk's side of phones: files that are carried in, and what phones reported of the logs."""
