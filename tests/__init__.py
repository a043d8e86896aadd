"""What Concerto promises, each promise a sentence; every test that meets the database runs on both engines."""
