"""What is too large is counted and not kept."""

from django.http import HttpRequest

from programme.attachments.uploads import BoundedUploadHandler


def test_of_a_file_that_is_too_large_no_more_is_kept_than_shows_it(settings):
    settings.LARGEST_FILE = 1_000_000
    handler = BoundedUploadHandler(HttpRequest())
    handler.new_file("files", "a.pdf", "application/pdf", None, None, None)
    for place in range(0, 300_000_000, handler.chunk_size):
        handler.receive_data_chunk(b"x" * 10, place)
    uploaded = handler.file_complete(300_000_000)
    assert uploaded is not None
    assert (uploaded.size, uploaded.seek(0, 2) <= 1_000_000) == (300_000_000, True)
    uploaded.close()


def test_a_smaller_one_is_kept_whole(settings):
    handler = BoundedUploadHandler(HttpRequest())
    handler.new_file("files", "a.pdf", "application/pdf", None, None, None)
    handler.receive_data_chunk(b"abc", 0)
    uploaded = handler.file_complete(3)
    assert uploaded is not None
    assert (uploaded.size, uploaded.read()) == (3, b"abc")
    uploaded.close()
