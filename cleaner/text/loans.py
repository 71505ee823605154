"""Expressions that languages take over as they are: ad hoc, wi-fi, déjà vu, prêt-à-porter.

    is_taken_over(text)    whether a text is made of nothing else

They stand in foreign letters, or in foreign spelling, in sound texts of nearly every language. A closed
list, hand-kept from dictionaries (Duden, Fremdwörterbuch; Le Petit Robert, locutions étrangères;
Merriam-Webster, foreign words and phrases). Cannot know loanwords of one language or of last year.
"""

from __future__ import annotations

import functools
import re

_LISTED = """
wi-?fi | hi-?fi | hi-?tech | high-tech | know-how | all[ -]inclusive | fair[ -]play | lingua franca
ad hoc | ad absurdum | ad infinitum | ad nauseam | alma mater | a priori | a posteriori | bona fide
casus belli | curriculum vitae | de facto | de jure | deus ex machina | ecce homo | et al | etc | ex officio
ex libris | habeas corpus | homo sapiens | in absentia | in memoriam | in situ | in vitro | in vivo | ipso facto
magnum opus | mea culpa | modus operandi | modus vivendi | nota bene | par excellence | per capita | per se
persona non grata | perpetuum mobile | post factum | post mortem | post scriptum | prima facie | pro bono
pro forma | quid pro quo | sic transit gloria mundi | sine qua non | status quo | sui generis | tabula rasa
terra incognita | ultima ratio | urbi et orbi | versus | vice versa | vox populi | vs | à la carte | à la
à propos | art d[ée]co | art nouveau | au pair | avant-garde | belle époque | bon appétit | bon mot | bon voyage
c['’]est la vie | carte blanche | cause célèbre | chargé d['’]affaires | cherchez la femme | comme il faut
coup d['’][ée]tat | cr[èe]me br[ûu]l[ée]e | cr[èe]me de la cr[èe]me | d[ée]j[àa] vu | double entendre
embarras de richesse | enfant terrible | en masse | en passant | en route | fait accompli | faux pas
femme fatale | film noir | force majeure | grand prix | haute couture | haute cuisine | hors d['’][œo]e?uvres?
idée fixe | joie de vivre | laissez[ -]faire | l['’]art pour l['’]art | ménage à trois | mise en scène
noblesse oblige | nouveau riche | nouvelle vague | papier-mâché | pied-à-terre | prêt-à-porter
raison d['’]être | savoir[ -]faire | savoir[ -]vivre | tête-à-tête | trompe l['’][œo]e?il | vis-à-vis
a cappella | al dente | al fresco | commedia dell['’]arte | dolce far niente | dolce vita | la dolce vita
prima donna | prima ballerina | sotto voce | tutti frutti | tempi passati | zeitgeist | doppelgänger
realpolitik | schadenfreude | weltanschauung | weltschmerz | wunderkind | leitmotiv | ostpolitik
"""


@functools.cache
def _pattern() -> re.Pattern[str]:
    one = "|".join(
        entry.strip().replace(" ", r"\s") for entry in re.split(r"\s\|\s|\n", _LISTED) if entry.strip()
    )
    return re.compile(rf"(?:{one})(?:[\s.,:/&–-]{{1,3}}(?:{one}))*\.?", re.IGNORECASE)


def is_taken_over(text: str) -> bool:
    """Whether a text is an expression of the list, or several in a row.

    >>> is_taken_over("déjà vu"), is_taken_over("wi-fi. De facto"), is_taken_over("de nouvelles")
    (True, True, False)
    """
    return _pattern().fullmatch(text) is not None
