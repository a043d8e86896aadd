"""THE ONE BOOK: what was said, what was filed, the sealed parts, and the rows every ledger folds from them."""
