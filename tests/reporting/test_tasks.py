"""Jobs that begin anew: a report's PDF is made in the end, or its office is told that it was not."""

import pytest
from django.db import OperationalError
from procrastinate.jobs import Job

from reporting import pdf, rendering, tasks
from reporting.models import Rendering

pytestmark = pytest.mark.django_db


@pytest.fixture
def queued():
    return Rendering.objects.get(report__code="RAP-2009-T1-SH")


def fail_with(error, monkeypatch):
    def render(document, *, on_stage):
        on_stage("laying_out")
        raise error

    monkeypatch.setattr(pdf, "render", render)


def retry_after(error, rendering_id):
    job = Job(
        id=1,
        queue="renderings",
        lock=None,
        queueing_lock=None,
        task_name=tasks.render.name,
        task_kwargs={"rendering_id": rendering_id},
    )
    return tasks.render.get_retry_exception(error, job)


def test_a_database_that_goes_away_is_waited_for(monkeypatch, queued):
    away = OperationalError("the connection is closed")
    fail_with(away, monkeypatch)
    with pytest.raises(OperationalError):
        rendering.make_rendition(queued.pk)
    queued.refresh_from_db()
    assert (queued.stage, queued.error_id) == (Rendering.Stage.LAYING_OUT, "")
    assert retry_after(away, queued.pk) is not None


def test_what_another_try_would_not_mend_is_told_to_the_office(monkeypatch, queued):
    broken = pdf.PdfError(["title: none"])
    fail_with(broken, monkeypatch)
    with pytest.raises(pdf.PdfError):
        rendering.make_rendition(queued.pk)
    queued.refresh_from_db()
    assert queued.stage == Rendering.Stage.FAILED
    assert queued.error_id != ""
    assert retry_after(broken, queued.pk) is None
