"""Rules: what a rule file may say, reading them, choosing among them, testing their examples."""
