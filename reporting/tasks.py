"""The job queue: what runs on a worker, and what brings back lost jobs; the ground has its own.

Web processes import it too, to queue jobs: the work is named, not imported, since it brings the PDF engine.
"""

from django.db import InterfaceError, OperationalError
from django.utils.module_loading import import_string
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

MAKE_RENDITION = "reporting.rendering.make_rendition"
MAKE_PRINT = "reporting.rendering.make_print"
REMOVE_OLD_PRINTS = "reporting.prints.remove_old_prints"
PURGE_DRAFTS = ("workgroups.drafts.purge_drafts", "workgroups.evaluations.answering.purge_drafts")
PRESENT_DECIDED = "reporting.presenting.present_decided"
REMIND_OF_DEADLINES = "workgroups.annual_clock.reminding.remind_everybody"
SECONDS_WITHOUT_HEARTBEAT = 30
# A database that goes away in the middle is no fault of the document's: the job begins anew when it is back.
WHEN_DATABASE_IS_BACK = RetryStrategy(wait=30, retry_exceptions={OperationalError, InterfaceError})


@app.task(queue="renderings", retry=WHEN_DATABASE_IS_BACK)
def render(rendering_id: int) -> None:
    """Make a rendition. Safe to run twice: what is already stored is left as it is."""
    import_string(MAKE_RENDITION)(rendering_id)


@app.task(queue="renderings", retry=WHEN_DATABASE_IS_BACK)
def print_plan(print_id: int) -> None:
    """Make a work programme's PDF. Safe to run twice: what is already made is left as it is."""
    import_string(MAKE_PRINT)(print_id)


@app.periodic(cron="* * * * *")
@app.task(queue="upkeep", pass_context=True, queueing_lock="retry_stalled_jobs")
async def retry_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Queue again the jobs whose worker died in the middle: without this they would stay “doing” for ever."""
    stalled = await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SECONDS_WITHOUT_HEARTBEAT)
    for job in stalled:
        await app.job_manager.retry_job(job)


@app.periodic(cron="30 3 * * *")
@app.task(queue="upkeep", queueing_lock="purge_drafts")
def purge_drafts(timestamp: int) -> None:
    """Remove drafts long after their rounds have closed, every night."""
    for purge in PURGE_DRAFTS:
        import_string(purge)()


@app.periodic(cron="0 5 * * *")
@app.task(queue="upkeep", queueing_lock="remind_of_deadlines", retry=WHEN_DATABASE_IS_BACK)
def remind_of_deadlines(timestamp: int) -> None:
    """Remind of deadlines every morning. Safe to run twice: nobody is told the same twice."""
    import_string(REMIND_OF_DEADLINES)()


@app.periodic(cron="*/5 * * * *")
@app.task(queue="upkeep", queueing_lock="present_decided", retry=WHEN_DATABASE_IS_BACK)
def present_decided(timestamp: int) -> None:
    """Present the reports whose matters have been decided, a few minutes after the minutes are written."""
    import_string(PRESENT_DECIDED)()


@app.periodic(cron="10 3 * * *")
@app.task(queue="upkeep", queueing_lock="remove_old_prints")
def remove_old_prints(timestamp: int) -> None:
    """Remove the work programmes on paper whose time is over, every night."""
    import_string(REMOVE_OLD_PRINTS)()
