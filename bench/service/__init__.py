"""`POST /evaluate` over HTTP, beside what FastAPI's guide would make of it."""
