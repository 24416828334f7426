from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bilingual.sheets import edited, make_run, repacked
from translate.bilingual.rows import COLUMNS, Row, row_of
from translate.bilingual.shown import as_shown
from translate.bilingual.xlsx import WIDTHS, dumps, dumps_rows, loads
from translate.errors import InputError
from translate.records import Run

ANY_TEXT = st.text(st.characters(), max_size=40)  # lone surrogates, control characters, noncharacters
TRAPS = (
    *("=1+1", "+86 10", "-5", "@home", "'=1+1", "'tis", "''", "4800", "40%", "5.50%", "007", "1E5", "TRUE", "1/2"),
    *("2024年3月15日", "3-5", "8:30", "http://a.example/", "mailto:a@b.example", "internal:Review!A1", "#REF!"),
    *("_x0041_", "_x005F_", "x005F_", "a\x07b", "a\tb", "a\nb", "a\r\nb", "\ud800", "\ufffe", "  spaces  "),
    *(r"C:\new", "\\", "&amp;", "<b>", "]]>", "𠮷", '"quoted" and not', "{=1+1}", "=cmd|' /C calc'!A0"),
)


def rows_like(texts: tuple[str, ...]) -> tuple[Row, ...]:
    return tuple(
        Row(f"b{number:04}.s01", f"b{number:04}", "paragraph", text, text, text, "new", comment=text)
        for number, text in enumerate(texts, 1)
    )


def sheet_of(data: bytes) -> openpyxl.worksheet.worksheet.Worksheet:
    return openpyxl.load_workbook(io.BytesIO(data))["Review"]


def test_a_run_comes_back_as_its_rows_and_gives_the_same_bytes_again() -> None:
    run = make_run()
    data = dumps(run)
    assert loads(data, "x.xlsx") == tuple(row_of(unit, "\n") for unit in run.units)
    assert data == dumps(run)


def test_a_run_without_units_is_a_sheet_with_a_header() -> None:
    assert loads(dumps(replace(make_run(), units=())), "x.xlsx") == ()


def test_texts_that_look_like_something_else_stay_texts() -> None:
    rows = rows_like(TRAPS)
    data = dumps_rows(rows, make_run())
    assert loads(data, "x.xlsx") == rows
    sheet = sheet_of(data)
    kinds = {cell.data_type for row in sheet.iter_rows(min_row=2, min_col=3, max_col=5) for cell in row}
    assert kinds == {"s"}
    content = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in content
    assert b"hyperlink" not in content.lower()


@given(source=ANY_TEXT, target=ANY_TEXT, comment=ANY_TEXT)
@settings(max_examples=40, deadline=None)
def test_any_text_comes_back(source: str, target: str, comment: str) -> None:
    rows = (Row("b1", "b1", "paragraph", source, target, target, comment=comment),)
    assert loads(dumps_rows(rows, make_run()), "x.xlsx") == rows


@pytest.mark.parametrize("text", ["好" * 40_000, "𠮷" * 20_000, "\\" * 20_000, "a\x01" * 20_000, "x" * 100_001])
def test_a_text_longer_than_a_cell_is_split_and_joined(text: str) -> None:
    rows = (Row("b1", "b1", "paragraph", text, "short"), Row("b2", "b2", "paragraph", "好", text))
    data = dumps_rows(rows, make_run())
    assert loads(data, "x.xlsx") == rows
    cells = [cell.value for row in sheet_of(data).iter_rows() for cell in row if isinstance(cell.value, str)]
    assert max(len(cell.encode("utf-16-le")) // 2 for cell in cells) <= 32_767


def test_parts_may_be_sorted_but_must_all_be_there() -> None:
    rows = (Row("b1", "b1", "paragraph", "好" * 40_000, "English. " * 5_000),)
    data = dumps_rows(rows, make_run())
    assert loads(edited(data, order=lambda lines: lines[::-1]), "x.xlsx") == rows
    with pytest.raises(InputError, match=r"x.xlsx \(Review\):2: b1 is split into 2 rows, and part 1 is missing"):
        loads(edited(data, order=lambda lines: lines[1:]), "x.xlsx")
    with pytest.raises(InputError, match="is there twice"):
        loads(edited(data, order=lambda lines: [*lines, lines[0]]), "x.xlsx")


def test_a_part_that_is_reviewed_takes_the_other_parts_as_they_are() -> None:
    rows = (Row("b1", "b1", "paragraph", "好", "x" * 40_000),)
    data = edited(dumps_rows(rows, make_run()), cells={("b1 (part 2 of 2)", "reviewed"): "the end"})
    assert loads(data, "x.xlsx")[0].reviewed == "x" * 32_000 + "the end"


def test_the_sheet_is_made_for_reviewing() -> None:
    sheet = sheet_of(dumps(make_run()))
    assert [cell.value for cell in sheet[1]] == list(WIDTHS)
    assert set(WIDTHS) == set(COLUMNS)
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:N4"
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    (status,) = sheet.data_validations.dataValidation
    assert (str(status.sqref), status.formula1) == ("F2:F4", '"new,accepted,edited,rejected"')
    assert not sheet.protection.sheet
    assert sheet["E2"].number_format == "@"
    assert sheet["G2"].value == "error: term: «new era» is missing\nnote: case: small"
    assert sheet["N2"].value == -0.5


def test_cells_keep_what_is_typed_but_for_long_ones_which_older_programs_would_not_show() -> None:
    sheet = sheet_of(dumps(make_run((("好", "x" * 255), ("好", "x" * 256)))))
    assert [sheet[place].number_format for place in ("D3", "D4", "E4")] == ["@", "General", "@"]


def test_the_summary_says_what_the_findings_mean_and_what_made_the_text() -> None:
    book = openpyxl.load_workbook(io.BytesIO(dumps(make_run())))
    assert book.sheetnames == ["Review", "Summary", "Terms"]
    lines = [[cell for cell in row if cell is not None] for row in book["Summary"].iter_rows(values_only=True)]
    assert ["segments", 3] in lines
    assert ["with errors", 1] in lines
    assert ["terms held", 1] in lines
    meaning = next(line for line in lines if line[:3] == ["term", "error", 1])
    assert meaning[3].startswith("Term missing: ")
    assert ["model", "name: builtin\nlicence: mit"] in lines
    terms = list(book["Terms"].iter_rows(values_only=True))
    assert terms[1] == ("新时代", "new era", "new age", "", "", 1, 0, "b0001.s01")
    assert terms[2][0] == "技能中国"


def test_columns_and_rows_in_any_order_notes_above_and_columns_of_ones_own() -> None:
    run = make_run()
    book = openpyxl.Workbook()
    book.active.title = "Notes"
    book.active.append(["Reviewed by A", 3])
    sheet = book.create_sheet("Mine")
    sheet.append(["Handed in on Friday"])
    sheet.append([])
    sheet.append([None, " Target ", "my own", "SOURCE*", "Id", "Status"])
    for unit in reversed(run.units):
        sheet.append([None, unit.target, 7, unit.source, unit.id, " Accepted"])
        sheet.append([])
    data = io.BytesIO()
    book.save(data)
    rows = loads(data.getvalue(), "x.xlsx")
    assert [(row.id, row.source, row.target, row.status) for row in rows] == [
        (unit.id, unit.source, unit.target, "Accepted") for unit in reversed(run.units)
    ]


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (0.4, "0%", "40%"),
        (0.4, "0.00%", "40%"),
        (0.055, "0%", "5.5%"),
        (0.1 + 0.2, "0.0%", "30%"),
        (4800, "General", "4800"),
        (-0.5, "General", "-0.5"),
        (12345, "#,##0", "12,345"),
        (1234.5, "#,##0.00", "1,234.50"),
        (12345, '"¥"#,##0', "¥12,345"),
        (12345, "[$¥-804]#,##0", "¥12,345"),
        (12.5, '0.0"万"', "12.5万"),
        (-3, "0;(0)", "(3)"),
        (1e21, "General", "1000000000000000000000"),
        (100000, "0.00E+00", "100000"),
        (7, "@", "7"),
        (0.5, "# ?/?", "0.5"),
        (45366, "yyyy-mm-dd", "2024-03-15"),
        (45366, 'yyyy"年"m"月"d"日"', "2024年3月15日"),
        (45366, "m/d/yy", "3/15/24"),
        (45366, "d-mmm-yy", "15-Mar-24"),
        (45366, "[$-409]mmmm d, yyyy;@", "March 15, 2024"),
        (45366.5, "yyyy/m/d h:mm", "2024/3/15 12:00"),
        (0.354166666666667, "h:mm", "8:30"),
        (0.854166666666667, "h:mm AM/PM", "8:30 PM"),
        (1.5, "[h]:mm:ss", "36:00:00"),
        (-1, "yyyy-mm-dd", "-1"),
        (1e9, "yyyy-mm-dd", "1000000000"),
        (True, "General", "TRUE"),
    ],
)
def test_values_are_read_as_they_are_shown(value: float, number_format: str, shown: str) -> None:
    book = openpyxl.Workbook()
    book.active.append(["id", "source", "target"])
    book.active.append(["b1", "好", value])
    book.active["C2"].number_format = number_format
    data = io.BytesIO()
    book.save(data)
    assert loads(data.getvalue(), "x.xlsx")[0].target == shown


@given(
    st.one_of(st.floats().map(repr), st.integers().map(str), st.text("0123456789.eE+-", max_size=12)),
    st.text('ymdhs0#?.,;%"\\\\[]$@_*-/: EAPMG元', max_size=14),
    st.booleans(),
)
@settings(max_examples=300)
def test_any_value_in_any_format_is_shown(value: str, code: str, from_1904: bool) -> None:
    assert isinstance(as_shown(value, code, from_1904=from_1904), str)


def test_builtin_chinese_dates_errors_and_old_calendars() -> None:
    def change(name: str, content: bytes) -> bytes:
        if name == "xl/styles.xml":
            return content.replace(b'numFmtId="14"', b'numFmtId="31"')
        if name == "xl/workbook.xml":
            return re.sub(rb"<workbookPr\b", b'<workbookPr date1904="1"', content)
        return content.replace(b'<c r="D2" t="n"><v>9</v></c>', b'<c r="D2" t="e"><v>#NAME?</v></c>')

    book = openpyxl.Workbook()
    book.active.append(["id", "source", "target", "comment"])
    book.active.append(["b1", 45366, "x", 9])
    book.active["B2"].number_format = "mm-dd-yy"  # the code of number 14
    data = io.BytesIO()
    book.save(data)
    (row,) = loads(repacked(data.getvalue(), change), "x.xlsx")
    assert (row.source, row.comment) == ("2028年3月16日", "#NAME?")


def test_formulas_are_refused_where_they_would_count_and_read_as_text_elsewhere() -> None:
    data = edited(
        dumps(make_run()),
        cells={
            ("b0001.s01", "reviewed"): "=D2",
            ("b0002.s01", "target"): '=HYPERLINK("http://a.example","x")',
            ("b0002.s01", "comment"): "=1+1",
        },
    )
    with pytest.raises(InputError) as caught:
        loads(data, "x.xlsx")
    first, second = caught.value.problems
    assert (first.path, first.line, first.column) == ("x.xlsx (Review)", 2, 5)
    assert "'reviewed' holds a formula, =D2; formulas are never calculated" in first.what
    assert (second.line, second.column) == (3, 4)
    fine = edited(dumps(make_run()), cells={("b0002.s01", "comment"): "=1+1"})
    assert loads(fine, "x.xlsx")[1].comment == "=1+1"


def test_all_missing_columns_are_told_at_once() -> None:
    book = openpyxl.Workbook()
    book.active.append(["id", "reviewed", "status", "Status"])
    book.active.append(["b1"])
    data = io.BytesIO()
    book.save(data)
    with pytest.raises(InputError) as caught:
        loads(data.getvalue(), "x.xlsx")
    assert [problem.what for problem in caught.value.problems] == [
        "no column 'source' in the header",
        "no column 'target' in the header",
        "two columns are called 'status'",
    ]


def test_two_sheets_with_the_columns_are_not_guessed_between() -> None:
    book = openpyxl.load_workbook(io.BytesIO(dumps(make_run())))
    book.copy_worksheet(book["Review"])
    data = io.BytesIO()
    book.save(data)
    with pytest.raises(InputError, match="2 sheets have the columns: Review, Review Copy"):
        loads(data.getvalue(), "x.xlsx")


def test_rich_text_is_joined_and_readings_are_left_out() -> None:
    def change(name: str, content: bytes) -> bytes:
        if name != "xl/sharedStrings.xml":
            return content
        runs = "<si><r><t>技能</t></r><r><rPr><b/></rPr><t>中国</t></r><rPh sb='0' eb='1'><t>x</t></rPh></si>"
        return re.sub(r"<si><t>技能中国与新时代</t></si>".encode(), runs.encode(), content)

    rows = loads(repacked(dumps(make_run()), change), "x.xlsx")
    assert rows[0].source == "技能中国与新时代".replace("与新时代", "")


def test_a_name_of_a_document_cannot_break_the_header_of_the_page() -> None:
    run = make_run()
    odd = Run(replace(run.document, path="a/&P\x00" + "x" * 300), run.units, run.manifest)
    assert loads(dumps(odd), "x.xlsx")
