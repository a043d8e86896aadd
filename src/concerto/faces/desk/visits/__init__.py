"""Recording a visit: its form, what it will post, and the page that follows."""
