"""Packages: several files as one ZIP, with a manifest that tells what each is and its hash."""

import io
import json
import zipfile
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from programme import clock

MANIFEST = "manifest.json"


def packed(files: Mapping[str, bytes], told: Mapping[str, Any]) -> bytes:
    """Return the files as a ZIP; the manifest holds what is told of them, and the hash of every one."""
    hashes = [
        {"name": name, "size": len(content), "sha256": sha256(content).hexdigest()}
        for name, content in files.items()
    ]
    manifest = json.dumps({**told, "files": hashes}, ensure_ascii=False, indent=2).encode() + b"\n"
    content = io.BytesIO()
    moment = clock.now().timetuple()[:6]
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**files, MANIFEST: manifest}.items():
            entry = zipfile.ZipInfo(name, moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return content.getvalue()
