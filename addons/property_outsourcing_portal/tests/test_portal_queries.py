from odoo.tests import tagged
from odoo.tools import SQL

from .documents_common import PortalDocumentsCommon

COPIES = 60  # of each document: half of them of another firm
PERSONS = ("portal_contractor", "portal_representative", "portal_third_party")
MOST = 20  # core itself asks some ten for any page


@tagged("post_install", "-at_install")
class TestPortalQueries(PortalDocumentsCommon):
    """First page and lists cost the same for one document and for thirty of other contracts and firms."""

    @classmethod
    def _copy_rows(cls, record, **vals):
        """Write ``COPIES`` rows like ``record`` past every rule; return their ids.

        :param vals: SQL of the columns that differ, with ``n`` for the number of the copy
        """
        fields = [field for field in record._fields.values() if field.store and field.column_type]
        names = [field.name for field in fields if field.name != "id"]
        values = [SQL(vals[name]) if name in vals else SQL.identifier("origin", name) for name in names]
        query = SQL(
            "INSERT INTO %(table)s (%(names)s) SELECT %(values)s "
            "FROM %(table)s origin, generate_series(1, %(most)s) n WHERE origin.id = %(id)s RETURNING id",
            table=SQL.identifier(record._table), names=SQL(", ").join(map(SQL.identifier, names)),
            values=SQL(", ").join(values), most=COPIES, id=record.id,
        )  # fmt: skip
        cls.env.flush_all()
        cls.env.cr.execute(query)
        return [row[0] for row in cls.env.cr.fetchall()]

    @classmethod
    def _get_contract(cls, record):
        if record._name == "outsourcing.contract":
            return record
        return record["outsourcing_contract_id" if record._name == "project.task" else "contract_id"]

    @classmethod
    def _copy_documents(cls):
        firm = f"CASE WHEN n %% 2 = 0 THEN {cls.contractor.id} ELSE {cls.competitor.id} END"
        records = [
            record for key, record in cls.documents.items() if key not in ("documents", "evidence", "people")
        ]
        tasks = cls.documents["orders"]
        contracts = {
            contract: cls._copy_rows(contract, contractor_id=firm, name=f"'C{contract.id}-' || n")[0]
            for contract in {cls._get_contract(record) for record in records}
        }
        for record in records:
            contract = f"{contracts[cls._get_contract(record)]} - 1 + n"
            vals = {
                "name": "'D' || n",
                "contract_id": contract,
                "contractor_id": firm,
                "once_key": "'K' || n",
            }
            if record == tasks:
                vals = {"outsourcing_contract_id": contract, "outsourcing_contractor_id": firm}
            elif "milestone_id" in record._fields and record.milestone_id:
                rows = cls._copy_rows(record.milestone_id, contract_id=contract, contractor_id=firm)
                vals["milestone_id"] = f"{rows[0]} - 1 + n"
            if record not in contracts:
                cls._copy_rows(record, **vals)
        cls.env.invalidate_all()

    def _count_pages(self):
        sections = self.portal_contractor._get_outsourcing_sections()
        paths = ["/my/outsourcing", *(f"/my/outsourcing/{section}?tab=all" for section in sections)]
        counts = {}
        for person in PERSONS:
            self._log_in(getattr(self, person))
            counts.update({(person, path): self._count_page_queries(path) for path in paths})
        return counts

    def test_pages_cost_the_same_for_one_and_for_thirty(self):
        few = self._count_pages()
        self._copy_documents()
        many = self._count_pages()
        for page, count in many.items():
            with self.subTest(page=page):
                self.assertLessEqual(count, few[page] + 2)
                self.assertLessEqual(count, MOST)

    def test_lists_show_twenty_and_lead_to_the_others(self):
        self._copy_documents()
        self._log_in(self.portal_contractor)
        for section in self.documents.keys() - {"documents", "evidence", "people"}:
            with self.subTest(section=section):
                text = self._page(f"/my/outsourcing/{section}?tab=all").text
                self.assertEqual(text.count('class="o_outsourcing_row"'), 20)
                self.assertIn(f"/my/outsourcing/{section}/page/2", text)

    def test_more_than_a_hundred_acceptances_are_all_counted(self):
        acceptance, contract = self.documents["acceptances"], self.documents["acceptances"].contract_id
        for _n in range(2):
            rows = self._copy_rows(acceptance.milestone_id, contract_id=str(contract.id))
            self._copy_rows(acceptance, milestone_id=f"{rows[0]} - 1 + n", state="'rework'", name="'D' || n")
        user = self.portal_contractor
        cards = user._count_outsourcing_cards(user._get_outsourcing_cards({"contractor"}))
        counts = {card["key"]: card["count"] for card in cards}
        self.assertEqual(
            counts["acceptances"], 2 * COPIES + 1
        )  # the one that waits for the self-check as well
