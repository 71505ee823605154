"""JUnit XML: a suite a file, a failed case a finding, a passed case for a clean file."""

from __future__ import annotations

from cleaner.model import FileReport, Finding, Report
from cleaner.reporters.base import Look, told
from cleaner.reporters.xmltext import Element, document, element


def junit(report: Report, look: Look) -> str:
    """The report for servers that show tests (Jenkins, GitLab, Azure)."""
    suites = [_suite(file) for file in report.files]
    root = element("testsuites", {"name": "cleaner", **_sums(suites)})
    root.extend(suites)
    return document(root)


def _suite(file: FileReport) -> Element:
    cases = [_case(file, finding) for finding in file.findings]
    if file.error:
        case = element("testcase", {"name": "cleaner", "classname": file.uri})
        case.append(element("error", {"message": file.error, "type": "error"}, file.error))
        cases.append(case)
    if not cases:
        cases = [element("testcase", {"name": "cleaner", "classname": file.uri})]
    suite = element(
        "testsuite",
        {
            "name": file.uri,
            "tests": len(cases),
            "failures": len(file.findings),
            "errors": int(bool(file.error)),
            "time": f"{file.seconds:.3f}",
        },
    )
    suite.extend(cases)
    if file.warning:
        suite.append(element("system-err", {}, file.warning))
    return suite


def _case(file: FileReport, finding: Finding) -> Element:
    line, column = finding.position
    name = {"name": f"cleaner.{finding.rule}", "classname": file.uri, "line": line, "column": column}
    case = element("testcase", name)
    message = told(finding)
    text = f"line {line}, col {column}, {finding.severity}: {message}"
    case.append(element("failure", {"message": message, "type": finding.severity}, text))
    return case


def _sums(suites: list[Element]) -> dict[str, object]:
    counts = {
        name: sum(int(suite.get(name, 0)) for suite in suites) for name in ("tests", "failures", "errors")
    }
    return {**counts, "time": f"{sum(float(suite.get('time', 0)) for suite in suites):.3f}"}
