"""The parts of the HTML report: a template, a style sheet, a script."""
