"""Pages of needs (急难愁盼): the board, one need's path, a form for each step, and its way to other desks."""
