"""A file that is PDF/A-2a and PDF/UA-1 at once.

WeasyPrint makes either; the only thing that PDF/UA-1 adds to its PDF/A-2a is a line in the metadata, with the
extension schema that PDF/A asks of every line that is not its own.
"""

from xml.etree import ElementTree

from weasyprint.document import DocumentMetadata

VARIANT = "pdf/a-2a"

NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}
for prefix, namespace in NAMESPACES.items():
    ElementTree.register_namespace(prefix, namespace)

ACCESSIBLE = f"""
<rdf:RDF {" ".join(f'xmlns:{prefix}="{namespace}"' for prefix, namespace in NAMESPACES.items())}>
  <rdf:Description rdf:about="" pdfuaid:part="1"/>
  <rdf:Description rdf:about="">
    <pdfaExtension:schemas>
      <rdf:Bag>
        <rdf:li rdf:parseType="Resource">
          <pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
          <pdfaSchema:namespaceURI>{NAMESPACES["pdfuaid"]}</pdfaSchema:namespaceURI>
          <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
          <pdfaSchema:property>
            <rdf:Seq>
              <rdf:li rdf:parseType="Resource">
                <pdfaProperty:name>part</pdfaProperty:name>
                <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
                <pdfaProperty:category>internal</pdfaProperty:category>
                <pdfaProperty:description>The part of ISO 14289 that is followed</pdfaProperty:description>
              </rdf:li>
            </rdf:Seq>
          </pdfaSchema:property>
        </rdf:li>
      </rdf:Bag>
    </pdfaExtension:schemas>
  </rdf:Description>
</rdf:RDF>
"""


class ArchiveMetadata(DocumentMetadata):
    """Metadata that also declare the file accessible by PDF/UA-1."""

    def generate_rdf_metadata(self, variant: str, version: int, conformance: str | None) -> bytes:
        tree = ElementTree.fromstring(super().generate_rdf_metadata(variant, version, conformance))  # noqa: S314 -- our own
        tree.extend(ElementTree.fromstring(ACCESSIBLE))  # noqa: S314 -- written above
        return ElementTree.tostring(tree, encoding="utf-8")


def archived(metadata: DocumentMetadata) -> ArchiveMetadata:
    return ArchiveMetadata(**vars(metadata))
