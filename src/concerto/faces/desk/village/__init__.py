"""What is known of a village (村情): its sheet, and recording a fact."""
