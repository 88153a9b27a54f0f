from collections import defaultdict

from odoo import models
from odoo.tools.misc import file_open
from odoo.tools.translate import (
    PYTHON_TRANSLATION_COMMENT,
    code_translations,
    get_po_paths,
    translation_file_reader,
)

LANG = "zh_CN"


class IrHttp(models.AbstractModel):
    """Chinese of core's own messages that core's Chinese lacks, from ``i18n_extra`` of this add-on.

    Odoo itself reads that file for what is in the database and for the web client. Messages of Python are
    looked up in the add-on that says them, so they are handed to it here; what it has already stays.
    """

    _inherit = "ir.http"

    def _register_hook(self):
        super()._register_hook()
        for module, words in self._read_core_words().items():
            known = code_translations.get_python_translations(module, LANG)
            code_translations.python_translations[module, LANG] = type(known)({**words, **known})

    def _read_core_words(self):
        """Return a dict: add-on of core -> dict of its messages and their Chinese."""
        words = defaultdict(dict)
        for path in get_po_paths("property_outsourcing", LANG):
            if "i18n_extra" not in path:
                continue
            with file_open(path, "rb") as file:
                for row in translation_file_reader(file, fileformat="po"):
                    if row.get("type") == "code" and PYTHON_TRANSLATION_COMMENT in row["comments"]:
                        words[row["module"]][row["src"]] = row["value"]
        return words
