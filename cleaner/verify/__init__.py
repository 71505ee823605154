"""What an edit of a text kept: certificates for our own repairs, a comparison for anybody's.

    tokens.py       a text → what it states: numbers, addresses, names, words
    case.py         a repair that was applied, as a reader sees it
    keeps.py        what must be the same after it
    proofs.py       how it shows that it did what it says
    certificate.py  which of these hold for which repair; what must be taken back
    diff.py         two sequences → where they differ, in nearly linear time; the lines worth reading
    facts.py        a text → what of it is compared
    joined.py       some segments as one text, and the way back to the source
    views.py        edits of the source → edits of what is read
    skeleton.py     a document → what stands in it besides its readable text
    excuses.py      what may change because it was wrong
    told.py         what two stretches state differently, in words
    compare.py      two documents → what changed that should not have
    report.py       these changes → findings, so that every reporter can show them

All of it looks at texts only: nothing here knows why somebody made an edit.
"""
