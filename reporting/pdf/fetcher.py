"""What the renderer may read: our static files, and pictures made for this document. Nothing else, ever."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from weasyprint.urls import URLFetcher, URLFetcherResponse

# Pictures that differ by document have addresses of their own, so that the style sheet can name them.
MADE = "made"


class StaticFetcher(URLFetcher):
    """Reads files under one folder and the pictures it was given; anything else stops the rendering."""

    def __init__(self, folder: Path, pictures: Mapping[str, str]) -> None:
        super().__init__(allowed_protocols={"file", MADE}, allow_redirects=False, fail_on_errors=True)
        self.folder = folder.resolve()
        self.pictures = pictures

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        parts = urlsplit(url)
        if parts.scheme == MADE:
            return URLFetcherResponse(url, self.pictures[parts.path], {"Content-Type": "image/svg+xml"})
        if parts.scheme != "file":
            raise ValueError(f"A report reads no {parts.scheme or 'relative'} addresses: {url[:80]}")
        path = Path(url2pathname(parts.path)).resolve()
        if not path.is_relative_to(self.folder):
            raise ValueError(f"A report reads nothing outside the static files: {path}")
        return super().fetch(path.as_uri(), headers)
