"""The least that a FastAPI route can do with a body: send it back."""

from __future__ import annotations

from fastapi import FastAPI, Request, Response

app = FastAPI()


@app.post("/evaluate")
async def evaluate(request: Request) -> Response:
    """The body."""
    return Response(await request.body(), media_type="application/json")
