"""Recording the life of a branch: study, talks, meetings."""
