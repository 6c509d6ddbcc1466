"""`python -m api.cli` is `premia`."""

from . import main

main()
