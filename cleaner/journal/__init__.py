"""What `cleaner fix` wrote, so that one command takes it back.

    place.py     where journals are, and how a line of one is sealed
    writing.py   Journal: notes each file before it is replaced, seals it afterwards
    changes.py   two versions of a file → the bytes that changed
    reading.py   what is remembered
    undoing.py   puts a run back, file by file, as far as nobody has touched them since

A run is one file of lines in the user's own state folder, never in the tree that is cleaned. Each line
carries a hash of itself and of the lines before it. What is written down is what changed, as bytes, and
the hashes of the whole file before and after. So a run that was killed between the note and the file
can still be taken back: the hash says which of the two the file is. A journal that is damaged, or that
others can write, is refused; a file is replaced only when the result is the very file that was there.

It holds text of articles: only its owner can read it. Old runs are dropped (`writing.KEPT_RUNS`,
`KEPT_BYTES`, `KEPT_DAYS`). A folder that cannot be written is no reason not to clean; it is said once.
"""

from cleaner.journal.reading import last, load, numbers
from cleaner.journal.undoing import Outcome, undo
from cleaner.journal.writing import Journal

__all__ = ["Journal", "Outcome", "last", "load", "numbers", "undo"]
