"""Pure functions on text that know no language, no rule and no file."""
