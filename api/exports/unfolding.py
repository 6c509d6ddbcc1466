"""Reads a packed file with little memory and processor time, and writes a line of JSON for each row.

It is run as a process of its own by `sheets`, and imported by nobody.
"""

from __future__ import annotations

import datetime
import json
import sys
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any

from .bounds import CELLS, COLUMNS, ROWS, UNPACKED, UNSTORED
from .opendocument import MARKS, odd
from .stored import digits, text

MEMORY = 2 * 1024 * 1024 * 1024  # bytes of this process
SECONDS = 120  # of its processor time
PIECE = 1024 * 1024  # bytes that are looked through together
CONTENT = "content.xml"


class _Unfit(Exception):  # noqa: N818  # a signal inside that process
    """Nothing of the file can be read; its arguments are a code and its facts."""


def _chosen(names: list[str], sheet: str | None, seen: Callable[[str], bool]) -> str:
    """The sheet that is asked for, or the first of those that are to be seen."""
    if sheet is not None and sheet not in names:
        raise _Unfit("P819", {"sheet": sheet, "known": names[:12]})
    if not names:
        raise _Unfit("P818", {})
    return sheet if sheet is not None else next(filter(seen, names), names[0])


def _packed(path: str) -> None:
    """Look at what a packed file says it unfolds to."""
    with zipfile.ZipFile(path) as packed:
        if sum(one.file_size for one in packed.infolist()) > UNPACKED:
            raise _Unfit("P816", {})


def _xlsx(path: str, sheet: str | None) -> Iterator[Any]:
    import openpyxl  # noqa: PLC0415  # of what reads these files only one is needed

    _packed(path)
    book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    names = [one.title for one in book.worksheets]
    name = _chosen(names, sheet, lambda one: bool(book[one].sheet_state == "visible"))
    yield {"sheet": name, "sheets": names}
    page: Any = book[name]
    page.reset_dimensions()  # programs write them wrong
    if not _holds(path, page._worksheet_path, (b"<f>", b"<f ")):
        for row in page.iter_rows():
            yield [_stored(cell) for cell in row]
        return
    formulas: Any = openpyxl.load_workbook(path, read_only=True, keep_links=False)[name]
    formulas.reset_dimensions()
    for row, calculated in zip(page.iter_rows(), formulas.iter_rows(), strict=True):
        yield [*map(_stored, row, calculated)]


def _stored(cell: Any, calculated: Any = None) -> str:
    """A cell by its value; of a formula that has none, and no empty text either, the formula."""
    if cell.value is not None:
        return text(cell.value, cell.number_format or "")
    if calculated is None or calculated.data_type != "f" or cell.data_type != "n":
        return ""
    return f"{UNSTORED}{getattr(calculated.value, 'text', calculated.value)}"


def _xls(path: str, sheet: str | None) -> Iterator[Any]:
    import xlrd  # noqa: PLC0415

    book = xlrd.open_workbook(path, formatting_info=True, on_demand=True)
    name = _chosen(book.sheet_names(), sheet, lambda one: not book.sheet_by_name(one).visibility)
    yield {"sheet": name, "sheets": book.sheet_names()}
    page = book.sheet_by_name(name)
    for at in range(page.nrows):
        yield [_old(book, cell) for cell in page.row(at)]


def _old(book: Any, cell: Any) -> str:
    """A cell of the older form of Excel."""
    import xlrd  # noqa: PLC0415

    match cell.ctype:
        case xlrd.XL_CELL_DATE:
            if 0 <= cell.value < 1:  # a time of no day
                return text(datetime.timedelta(seconds=round(cell.value * 86_400)))
            return text(xlrd.xldate_as_datetime(cell.value, book.datemode))
        case xlrd.XL_CELL_BOOLEAN:
            return text(bool(cell.value))
        case xlrd.XL_CELL_ERROR:
            return str(xlrd.error_text_from_code.get(cell.value, "#"))
        case _:
            style = book.format_map.get(book.xf_list[cell.xf_index].format_key)
            return text(cell.value, style.format_str if style else "")


def _ods(path: str, sheet: str | None) -> Iterator[Any]:
    import python_calamine  # noqa: PLC0415

    _packed(path)
    book = python_calamine.load_workbook(path)
    seen = {
        one.name for one in book.sheets_metadata if one.visible == python_calamine.SheetVisibleEnum.Visible
    }
    name = _chosen(book.sheet_names, sheet, seen.__contains__)
    yield {"sheet": name, "sheets": book.sheet_names}
    others: dict[int, dict[int, str]] = {}
    if _holds(path, CONTENT, MARKS):
        with zipfile.ZipFile(path) as packed, packed.open(CONTENT) as content:
            for at, column, said in odd(content, name):
                others.setdefault(at, {})[column] = said
    page = book.get_sheet_by_name(name)
    for at, row in enumerate(page.to_python(skip_empty_area=False)):
        cells = [*map(text, row)]
        for column, said in others.get(at, {}).items():
            cells += [""] * (column + 1 - len(cells))
            cells[column] = said
        yield cells


def _holds(path: str, member: str, words: Sequence[bytes]) -> bool:
    """Whether any of some words stands in a part of a packed file."""
    before, most = b"", max(map(len, words))
    with zipfile.ZipFile(path) as packed, packed.open(member.removeprefix("/")) as content:
        while piece := content.read(PIECE):
            if any(word in before + piece for word in words):
                return True
            before = piece[-most:]
    return False


def _parquet(path: str, _: str | None) -> Iterator[Any]:
    import pyarrow  # noqa: PLC0415
    from pyarrow import parquet  # noqa: PLC0415

    pyarrow.set_cpu_count(1)
    pyarrow.set_memory_pool(pyarrow.system_memory_pool())
    file = parquet.ParquetFile(path)
    names = file.schema_arrow.names
    if len(names) > COLUMNS or file.metadata.num_rows > ROWS:
        raise _Unfit("P816", {})
    yield {"sheet": "", "sheets": []}
    yield names
    for batch in file.iter_batches(batch_size=4096, use_threads=False):
        for row in batch.to_pylist():
            # What is kept in binary is the shortest text that means it; fifteen digits are a sheet's.
            yield [digits(repr(cell)) if _binary(cell) else text(cell) for cell in row.values()]


def _binary(cell: Any) -> bool:
    return type(cell).__name__ == "float"


READERS: dict[str, Callable[[str, str | None], Iterator[Any]]] = {
    ".xlsx": _xlsx,
    ".xlsm": _xlsx,
    ".xls": _xls,
    ".ods": _ods,
    ".parquet": _parquet,
}


def _limited() -> None:
    """Have only so much memory and processor time, where the system can hold a process to that."""
    with suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415  # there is none on Windows

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _write(path: str, kind: str, sheet: str | None) -> dict[str, Any]:
    """Write all rows; the answer is how it ended."""
    cells = 0
    try:
        for number, row in enumerate(READERS[kind](path, sheet)):
            if isinstance(row, list):
                while row and not row[-1].strip():
                    row.pop()
                cells += len(row)
                if len(row) > COLUMNS or cells > CELLS or number > ROWS:
                    return {"fault": "P816"}
            sys.stdout.write(json.dumps(row) + "\n")
    except ImportError as error:
        return {
            "fault": "P817",
            "facts": {"extra": "parquet" if kind == ".parquet" else "office", "package": error.name},
        }
    except MemoryError:
        return {"fault": "P816"}
    except _Unfit as signal:
        return {"fault": signal.args[0], "facts": signal.args[1]}
    except BrokenPipeError:
        return {}
    except Exception as error:  # each library has errors of its own for a file that is broken
        return {"fault": "P818", "facts": {"reason": type(error).__name__}}
    return {}


if __name__ == "__main__":
    _limited()
    ended = _write(sys.argv[1], sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else None)
    sys.stdout.write(json.dumps(ended) + "\n")
