# ruff: noqa: F821
"""Fed to `odoo shell` after scale_common: photos verified, a statement, an import. Rolled back."""

import hashlib
import io
import zipfile

import xlsxwriter
from stdnum.cn import uscc

PHOTOS, LINES, FIRMS = part(100_000), part(100_000), part(500)
key = kept()

# ---- photos verified, against reading and hashing as much ------------------------------------------------
sample = env["outsourcing.evidence"].browse(key["evidence"])
chain = sample.chain_id
photo_size = 200_000
photo = sample.attachment_id.raw.ljust(photo_size, b"\0")  # as a phone sends it
name, path = env["ir.attachment"]._get_path(photo, hashlib.sha1(photo).hexdigest())
with open(path, "wb") as handle:
    handle.write(photo)
files = multiply(
    sample.attachment_id,
    PHOTOS,
    res_id=f"{max(env['outsourcing.evidence'].search([], order='id desc', limit=1).id, 0)} + n",
    store_fname=f"'{name}'",
    file_size=str(len(photo)),
)
rows = multiply(
    sample,
    PHOTOS,
    attachment_id=f"{files[0] - 1} + n",
    sha256=f"'{hashlib.sha256(photo).hexdigest()}'",
    duplicate_of_id=str(sample.id),
    sealed="false",
    seq="0",
    prev_hash="NULL",
    hash="NULL",
)
chain._seal()
links = chain.evidence_ids.mapped("hash")


def read_and_hash():
    """Read each file and hash it, and as many bytes of a link."""
    link = b"x" * 700
    for _row in rows:
        with open(path, "rb") as handle:
            hashlib.sha256(handle.read()).hexdigest()
        hashlib.sha256(link).hexdigest()


found = []
verified = timed(lambda: found.extend(chain._verify()))
assert not found, found[:3]
tell(f"{PHOTOS:,} photos verified, to plain hashlib", verified, timed(read_and_hash), 1.5)

# ---- a statement of many lines, against raw xlsxwriter --------------------------------------------------
settlement = env["outsourcing.settlement"].browse(key["settlement"])
multiply(settlement.line_ids[0], LINES - 1, name="'Line ' || n", source_key="'bench:' || n")
env.invalidate_all()


def count_rows(workbook):
    """Return how many rows each sheet of the workbook has."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        sheets = sorted(name for name in archive.namelist() if name.startswith("xl/worksheets/sheet"))
        return [archive.read(name).count(b"<row ") for name in sheets]


def write_raw(counts):
    """Write as many cells as the sheets of the statement have: texts, two numbers and a formula a row."""
    book = xlsxwriter.Workbook(io.BytesIO(), {"constant_memory": True})
    cell = book.add_format({"border": 1, "text_wrap": True, "font_name": "Noto Sans CJK SC"})
    for count, texts in zip(counts, (3, 4), strict=True):
        sheet = book.add_worksheet()
        for row in range(count):
            for column in range(texts):
                sheet.write(row, column, "accepted 12,000.00", cell)
            sheet.write_number(row, texts, 1.0, cell)
            sheet.write_number(row, texts + 1, 1.0, cell)
            sheet.write_formula(row, texts + 2, f"=D{row}+E{row}", cell, 2.0)
    book.close()


books = []
written = timed(lambda: books.append(settlement._render_xlsx()))
counts = count_rows(books[0])
tell(f"workbook of {LINES:,} lines, to raw xlsxwriter", written, timed(lambda: write_raw(counts)), 1.3)

# ---- firms imported, against core's contacts ------------------------------------------------------------
env.company.country_id = env.ref("base.cn")
manager = user_env("manager")
service = env["outsourcing.contract"].browse(key["contract"]).service_type_id.name


def credit_code(number):
    body = f"91440101MA{number:07d}"
    return body + uscc.calc_check_digit(body)


def load(records, names, lines):
    answer = records.load(names, lines)
    assert answer["ids"], answer["messages"][:3]


names = ["name", "vat", "outsourcing_service_type_ids", "phone", "child_ids/name"]
core_names = [name.replace("outsourcing_service_type_ids", "category_id") for name in names]
env["res.partner.category"].create({"name": service})
firms, plain = [
    [[f"{kind} {n}", credit_code(first + n), service, f"020-{n:08d}", f"Clerk {n}"] for n in range(FIRMS + 1)]
    for first, kind in ((0, "Firm X"), (FIRMS + 1, "Plain"))
]
contractors = manager["res.partner"].with_context(
    default_outsourcing_state="candidate", default_is_company=True
)
contacts = env(user=env.ref("base.user_admin"))["res.partner"].with_context(default_is_company=True)
load(contractors, names, firms[:1]), load(contacts, core_names, plain[:1])  # fills the caches
loaded = timed(lambda: load(contractors, names, firms[1:]))
core = timed(lambda: load(contacts, core_names, plain[1:]))
tell(f"{FIRMS} firms imported, to core's contacts with tags", loaded, core, 1.3)
report()
