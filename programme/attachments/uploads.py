"""Of a file that is too large no more is kept than shows that it is: 300 MB fill no disk."""

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Keeps a file up to the largest size and a little more; the size it tells is that of what was sent."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start <= settings.LARGEST_FILE:
            super().receive_data_chunk(raw_data, start)
