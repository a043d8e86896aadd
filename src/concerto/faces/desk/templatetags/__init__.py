"""What the desk's templates can say: marks of the staff, fields of a form."""
