"""Background jobs as a system admin sees them: what runs, what failed, what is stuck, and the button that mends it."""
