"""What people and machines meet: pages and files, which ask the floors below and decide nothing."""
