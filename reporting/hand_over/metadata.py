"""Metadata of what is handed over: case, action, document, after SÄHKE2 (domain of the programme, Q6).

The element names are Finnish, since the case management systems that read them are. What is not known is
left out: nothing is made up for a system that would believe it.
"""

import re
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from programme import text
from programme.models import Meeting, Post
from reporting.hand_over.papers import Case, MeetingPapers, Paper

MINUTES = "fi"  # the language of the minutes
PUBLIC, SECRET = "Julkinen", "Salassa pidettävä"


# What XML 1.0 has no place for; it comes along with what is pasted.
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def metadata_of(meeting: Meeting, papers: MeetingPapers) -> bytes:
    """Return the metadata of a meeting's papers as XML in UTF-8."""
    root = Element("Luovutus")
    programme = meeting.body.programme
    _say(root, "Organisaatio", text.words_of(programme, "owner", MINUTES)[0])
    _say(root, "Aineisto", "esimerkki" if programme.is_sample else "")
    of_meeting = SubElement(root, "Kokous")
    _say(of_meeting, "Toimielin", text.words_of(meeting.body, "name", MINUTES)[0])
    _say(of_meeting, "Kokousnumero", meeting.number)
    _say(of_meeting, "Kokouspaiva", meeting.held_on.isoformat())
    _say(of_meeting, "Tunnus", meeting.code)
    for paper in papers.others:
        _document(of_meeting, papers.FOLDER, paper)
    for case in papers.cases:
        _case(root, meeting, case)
    indent(root)
    return tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def _case(root: Element, meeting: Meeting, case: Case) -> None:
    matter, programme = case.matter, meeting.body.programme
    found = SubElement(root, "Asia")
    _say(found, "Asiatunnus", matter.case_number)
    _say(found, "Tehtavaluokka", programme.function_class)
    _say(found, "Nimeke", matter.title)
    _say(found, "Sailytysaika", programme.retention_period)
    action = SubElement(found, "Toimenpide")
    _say(action, "Tyyppi", "Päätöksenteko")
    _say(action, "Pykala" if matter.section is not None else "Kohta", str(matter.number))
    _say(action, "Esittelija", _post(matter.presenter))
    _say(action, "Valmistelija", _post(matter.preparer))
    _say(action, "Paatosehdotus", matter.proposal)
    _say(action, "Paatos", matter.decision.text if hasattr(matter, "decision") else "")
    for paper in case.papers:
        _document(action, case.folder, paper)


def _document(parent: Element, folder: str, paper: Paper) -> None:
    found = SubElement(parent, "Asiakirja")
    _say(found, "Nimeke", paper.title)
    _say(found, "Asiakirjatyyppi", paper.kind)
    _say(found, "Kieli", paper.language)
    _say(found, "Versio", paper.version)
    _say(found, "Laatija", paper.made_by)
    _say(found, "Laatimispaiva", paper.made_on)
    _say(found, "Saapumispaiva", paper.came_on)
    _say(found, "Julkisuusluokka", SECRET if paper.secrecy_ground else PUBLIC)
    _say(found, "Salassapitoperuste", paper.secrecy_ground)
    _say(found, "Vahvistus", paper.confirmed)
    file = SubElement(found, "Tiedosto")
    _say(file, "Polku", f"{folder}/{paper.name}")
    _say(file, "Muoto", paper.media_type)
    _say(file, "Koko", str(paper.size))
    _say(file, "TiivisteSHA256", paper.sha256)


def _post(post: Post | None) -> str:
    return text.words_of(post, "name", MINUTES)[0] if post else ""


def _say(parent: Element, name: str, value: str) -> None:
    """Add an element with its text, where there is any."""
    if value:
        SubElement(parent, name).text = NOT_IN_XML.sub("", value)
