"""The published contract: requests and answers as pydantic models, for OpenAPI and for the tests."""
