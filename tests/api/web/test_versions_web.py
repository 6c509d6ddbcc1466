"""The service over a repository: which text answers, and new commits under load."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from threading import Barrier, Event
from typing import Any

import pytest
from typer.testing import CliRunner

from api.cli.commands import app
from api.store import News, watch
from api.web.serve import log
from tests.support.repository import BROKEN, Repo, plan
from tests.support.service import Service, told

JULY = plan("2025-07", "2025-07-01", salary=10)
AUGUST = plan("2025-08", "2025-08-01", salary=20)


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Two versions of a plan."""
    found = Repo(tmp_path)
    found.commit({"sales.plan": JULY})
    found.tag("july", str(found.git.references["refs/heads/main"].target))
    found.commit({"sales.plan": AUGUST, "other.plan": JULY}, author="Борис")
    return found


def body(period: str = "2025-08", **more: object) -> dict[str, Any]:
    """A request."""
    return {"plan": "sales", "employee": "1", "period": period, "facts": {}, **more}


def test_which_text_answers(repo: Repo) -> None:
    """By period, by version and by revision; the answer names its version and its commit."""
    service = Service(repo.directory, "main")
    tip, first = (str(repo.git.revparse_single(name).id) for name in ("main", "main~1"))
    for asked, total, version, commit in (
        (body("2025-07"), "10.00", "2025-07", first),
        (body("2025-08"), "20.00", "2025-08", tip),
        (body("2025-08", version="2025-07"), "10.00", "2025-07", first),
        (body("2025-08", revision="july"), "10.00", "2025-07", first),
    ):
        status, answer = service.post("/evaluate", asked)
        assert (status, answer["total"]) == (200, total)
        assert (answer["plan"]["version"], answer["plan"]["revision"]) == (version, commit)


@pytest.mark.parametrize(
    ("asked", "status", "fault"),
    [
        (body("2025-06"), 422, ("P709", "/period")),
        (body("2025-Q3"), 422, ("P711", "/period")),
        (body(version="7"), 404, ("P712", "/version")),
        (body(revision="mian"), 404, ("P703", "/revision")),
        (body(version="2025-07", revision="main"), 422, ("P713", "/revision")),
        (body(version=7), 422, ("P610", "/version")),
        (body(plan="slaes"), 404, ("P617", "/plan")),
        (body(plan="other", revision="july"), 404, ("P719", "/plan")),
    ],
)
def test_what_is_wrong_with_a_choice(repo: Repo, asked: Any, status: int, fault: Any) -> None:
    """Says where it stands."""
    found, problem = Service(repo.directory, "main").post("/evaluate", asked)
    assert found == status
    assert told(problem)[0] == fault


def test_a_text_that_is_sent_has_no_past(repo: Repo) -> None:
    """Neither a version nor a revision goes with it."""
    sent = {name: value for name, value in body(revision="main").items() if name != "plan"}
    status, problem = Service(repo.directory, "main").post("/evaluate", {**sent, "source": JULY})
    assert (status, told(problem)) == (422, [("P612", "/revision")])


def test_a_batch_pays_each_by_their_own_period(repo: Repo) -> None:
    """One request may hold several months; whom no version pays does not stop the others."""
    people = [{"employee": "1", "period": f"2025-{month}", "facts": {}} for month in ("06", "07", "08")]
    _, answer = Service(repo.directory, "main").post("/evaluate/batch", {"plan": "sales", "people": people})
    none, july, august = answer["results"]
    assert told(none) == [("P709", "/people/0/period")]
    assert [july["total"], august["total"]] == ["10.00", "20.00"]


def test_plans_versions_and_texts_of_a_commit(repo: Repo) -> None:
    """Lists and texts are of now, or of a revision or a version."""
    service = Service(repo.directory, "main")
    now, then = (service.get(path)[1] for path in ("/plans", "/plans?revision=july"))
    assert [entry["id"] for entry in now["plans"]] == ["other", "sales"]
    assert [entry["id"] for entry in then["plans"]] == ["sales"]
    assert now["revision"]["author"] == "Борис"
    assert service.get("/plans/sales")[1]["text"] == AUGUST
    for query in ("revision=july", "version=2025-07"):
        assert service.get(f"/plans/sales?{query}")[1]["text"] == JULY
    _, history = service.get("/plans/sales/versions")
    days = [(one["version"], one["first"], one["last"]) for one in history["versions"]]
    assert days == [("2025-08", "2025-08-01", None), ("2025-07", "2025-07-01", "2025-07-31")]
    assert service.get("/plans?revision=nope")[0] == 404
    assert service.get("/plans/sales?version=1&revision=main")[0] == 422
    assert service.get("/plans?revison=main")[0] == 422
    assert Service().get("/plans?revision=main")[0] == 409


def test_readiness_tells_of_what_is_broken(repo: Repo, caplog: pytest.LogCaptureFixture) -> None:
    """A broken commit leaves the old version serving, and is seen here and in the log."""
    service = Service(repo.directory, "main")
    repo.commit({"sales.plan": BROKEN})
    news = service.registry.refresh()
    assert news is not None
    log(news, "ru")
    assert "P715" in caplog.text
    assert "sales.plan:4" in caplog.text
    status, ready = service.get("/readyz")
    assert (status, ready["plans"]) == (200, 2)
    (broken,) = ready["broken"]
    assert (broken["id"], broken["kept"]) == ("sales", True)
    assert broken["codes"]
    assert service.post("/evaluate", body())[1]["total"] == "20.00"
    assert service.get("/plans/sales")[1]["newer"]["faults"]
    repo.git.references.delete("refs/heads/main")
    service.registry.refresh()
    assert service.get("/readyz")[1]["faults"]
    assert service.post("/evaluate", body())[1]["total"] == "20.00"


def test_commits_under_load(repo: Repo) -> None:
    """While commits land, good and broken ones, every request is answered, and by a text that was whole."""
    service = Service(repo.directory, "main")
    stop, ready, news, totals = Event(), Barrier(5), SimpleQueue[News](), set[str]()

    def total() -> str:
        status, answer = service.post("/evaluate", body())
        assert status == 200, answer
        totals.add(answer["total"])
        return str(answer["total"])

    def ask() -> None:
        total()
        ready.wait()
        while not stop.is_set():
            total()

    end = watch(service.registry, news.put, every=0.001)
    try:
        with service.client, ThreadPoolExecutor(4) as pool:
            hammers = [pool.submit(ask) for _ in range(4)]
            ready.wait()
            for salary in range(21, 41):
                repo.commit({"sales.plan": plan("2025-08", "2025-08-01", salary=salary)})
                repo.commit({"sales.plan": BROKEN})
            while total() != "40.00":
                news.get()
            stop.set()
            for hammer in hammers:
                hammer.result()
    finally:
        stop.set()
        end()
    assert {"20.00", "40.00"} <= totals
    assert totals <= {f"{salary}.00" for salary in range(20, 41)}


# ── On the command line ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_versions_on_the_command_line(repo: Repo, lang: str) -> None:
    """The plans, the versions of one, and what is wrong with them."""

    def run(*args: str) -> tuple[int, str]:
        command = ["versions", *args, "--plans", str(repo.directory), "--lang", lang]
        found = CliRunner().invoke(app, command)
        return found.exit_code, found.output

    code, text = run()
    assert code == 0
    assert [row.split()[0] for row in text.splitlines()[1:]] == ["other", "sales"]
    code, text = run("sales")
    assert code == 0
    assert "2025-07-01 – 2025-07-31" in text
    assert "Борис" in text
    data = json.loads(run("plans/sales.plan", "--json")[1])
    assert [one["version"] for one in data["versions"]] == ["2025-08", "2025-07"]
    assert run("slaes")[0] == 1
    assert run("sales", "--revision", "nope")[0] == 1
    repo.commit({"sales.plan": plan("2025-09", "2025-08-01")})
    code, text = run("sales")
    assert code == 1
    assert "P710" in text
