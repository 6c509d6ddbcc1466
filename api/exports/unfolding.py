"""Reads a packed file with little memory and processor time, and writes a line of JSON for each row.

It is run as a process of its own by `sheets`, and imported by nobody.
"""

from __future__ import annotations

import datetime
import json
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from decimal import Decimal, localcontext
from typing import Any

from .bounds import CELLS, COLUMNS, ROWS, UNPACKED

MEMORY = 2 * 1024 * 1024 * 1024  # bytes of this process
SECONDS = 120  # of its processor time
ERROR = b'calcext:value-type="error"'
PIECE = 1024 * 1024  # bytes that are looked through together
FIGURES = ".15g"  # a sheet keeps and shows fifteen digits of a number


class _Unfit(Exception):  # noqa: N818  # a signal inside that process
    """Nothing of the file can be read; its arguments are a code and its facts."""


def digits(text: str) -> str:
    """A number in plain digits; what is none is nothing."""
    if text in {"nan", "inf", "-inf"}:
        return "" if text == "nan" else text
    with localcontext() as context:
        context.prec = 400
        return format(Decimal(text), "f")


def text(value: Any, number_format: str = "") -> str:
    """A cell as a text, as facts are written."""
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case datetime.date() | datetime.time() | datetime.timedelta():
            return _time(value)
        case int() | Decimal():
            return format(value, "d" if isinstance(value, int) else "f")
        case bytes():
            return value.decode("utf-8", "replace")
        case dict() | list():
            return json.dumps(value, ensure_ascii=False, default=str)
        case None:
            return ""
    plain = digits(format(value, FIGURES))
    if plain and "%" in number_format:
        return f"{(Decimal(plain) * 100).normalize():f}%"
    return plain


def _time(value: datetime.date | datetime.time | datetime.timedelta) -> str:
    """A day, with its time where it has one; a time of no day as a duration."""
    match value:
        case datetime.datetime() if value.time() != datetime.time():
            return value.isoformat(timespec="seconds")
        case datetime.datetime():
            return value.date().isoformat()
        case datetime.date():
            return value.isoformat()
        case datetime.time():
            return f"{value.hour}:{value.minute:02}:{value.second:02}"
    seconds = value.days * 86_400 + value.seconds
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _chosen(names: list[str], sheet: str | None) -> str:
    if sheet is not None and sheet not in names:
        raise _Unfit("P819", {"sheet": sheet, "known": names[:12]})
    if not names:
        raise _Unfit("P818", {})
    return sheet if sheet is not None else names[0]


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
    name = _chosen(names, sheet)
    yield {"sheet": name, "sheets": names}
    page: Any = book[name]
    page.reset_dimensions()  # programs write them wrong
    for row in page.iter_rows():
        yield [text(cell.value, cell.number_format or "" if cell.value is not None else "") for cell in row]


def _xls(path: str, sheet: str | None) -> Iterator[Any]:
    import xlrd  # noqa: PLC0415

    book = xlrd.open_workbook(path, formatting_info=True, on_demand=True)
    name = _chosen(book.sheet_names(), sheet)
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
    _sound(path)
    book = python_calamine.load_workbook(path)
    name = _chosen(book.sheet_names, sheet)
    yield {"sheet": name, "sheets": book.sheet_names}
    page = book.get_sheet_by_name(name)
    for row in page.to_python(skip_empty_area=False):
        yield [*map(text, row)]


def _sound(path: str) -> None:
    """See that no cell holds an error: the library reads one as an empty one, which may mean a default."""
    before = b""
    with zipfile.ZipFile(path) as packed, packed.open("content.xml") as content:
        while piece := content.read(PIECE):
            if ERROR in before + piece:
                raise _Unfit("P826", {})
            before = piece[-len(ERROR) :]


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
