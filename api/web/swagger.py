"""`/docs`: the contract as a page to try it on, with nothing that comes from elsewhere."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from .headers import NOTHING, POLICY, SNIFFLESS

SWAGGER = "fastapi_swagger.resources"
SCRIPT = "text/javascript; charset=utf-8"

PAGE = ("api.web", "docs/index.html", "text/html; charset=utf-8")
# What the page loads: where it lies, and its media type.
FILES = {
    "start.js": ("api.web", "docs/start.js", SCRIPT),
    "swagger-ui-bundle.js": (SWAGGER, "swagger-ui-bundle.js", SCRIPT),
    "swagger-ui.css": (SWAGGER, "swagger-ui.css", "text/css; charset=utf-8"),
}
OWN = b"; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'"
DAY = "max-age=86400"

router = APIRouter(include_in_schema=False, default_response_class=Response)


@router.get("/docs")
async def docs() -> Response:
    """The page, which runs what comes from here and asks here alone."""
    found = _sent(PAGE)
    found.raw_headers[:0] = [(POLICY, NOTHING + OWN), SNIFFLESS]
    return found


@router.get("/docs/{file}")
async def docs_file(file: str) -> Response:
    """Something that the page loads."""
    found = FILES.get(file)
    if found is None:
        raise HTTPException(404)
    return _sent(found)


def _sent(file: tuple[str, str, str]) -> Response:
    package, path, media = file
    return Response(_read(package, path), media_type=media, headers={"cache-control": DAY})


@cache
def _read(package: str, path: str) -> bytes:
    return files(package).joinpath(path).read_bytes()
