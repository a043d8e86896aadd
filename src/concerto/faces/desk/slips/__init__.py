"""The office's side of matter slips: printed ahead, given, lost, and the household's word by telephone."""
