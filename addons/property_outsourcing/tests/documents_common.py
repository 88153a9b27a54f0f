import sys
from collections import Counter
from functools import partial
from typing import NamedTuple
from unittest.mock import patch

from odoo.fields import Command

from ..models.contract.purchase_order_quiet import QUIET, QUIET_KEY
from .common import OutsourcingCommon


class Step(NamedTuple):
    """A step of many documents at once.

    :param name: model and method, ``"outsourcing.contract.action_complete"``, as a literal:
        ``test_many_register`` reads it and asks for a step for everything that takes many documents
    :param user: who takes it
    :param args: what the method is given
    :param core: queries that core alone takes for the first document, for another one, for many;
        or what counts them, once the step is taken
    """

    name: str
    user: object = None
    args: tuple = ()
    core: object = (0, 0, 0)


def _get_caller(frame):
    """Return the line of ours, tests aside, that runs what ``frame`` does."""
    while frame and (
        "property_outsourcing" not in frame.f_code.co_filename or "/tests/" in frame.f_code.co_filename
    ):
        frame = frame.f_back
    return frame and f"{frame.f_code.co_filename.rpartition('/addons/')[2]}:{frame.f_lineno}"


class DocumentsCommon:
    """Steps taken on one and on many documents of different contracts, firms and communities.

    A step costs the same number of queries for one document and for many, plus what core itself costs.
    """

    MANY = 30
    CLOSING = (0, 0, 2 * MANY)  # core computes the working time of each task it closes
    ROWS = (0, 0, 4)  # the ORM creates and writes some hundred rows in as many more queries
    ROUNDS = 2  # the ORM writes a hundred rows in one query, and thirty documents may have more lines

    @classmethod
    def _create_parties(cls, number, *services):
        """Return the values of a contract with a firm, admitted for ``services``, and a community."""
        services = cls.service_elevator.union(*services)
        firm = cls._create_contractor(f"Firm {number}", services=services)
        cls._create_required_documents(firm)
        community = cls.community.copy({"code": f"D{number}", "name": f"Community {number}"})
        return {"contractor_id": firm.id, "community_id": community.id}

    @classmethod
    def _union(cls, documents):
        return documents[0].union(*documents[1:])

    @classmethod
    def _split(cls, documents):
        """Return one document that fills the caches, one that is counted, and the many."""
        return documents[:1], documents[1:2], documents[2:]

    def _count_queries(self, work):
        """Return how many queries ``work`` takes from empty caches, what it leaves to be flushed included.

        The lines of ours that ask most often are kept for the message of :meth:`_assert_same_cost`.
        """
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        callers, execute = Counter(), type(self.env.cr).execute

        def noting(cursor, *args, **kwargs):
            callers[_get_caller(sys._getframe(1))] += 1
            return execute(cursor, *args, **kwargs)

        with patch.object(type(self.env.cr), "execute", noting):
            work()
            self.env.flush_all()
        self._callers = callers
        return self.env.cr.sql_log_count - before

    def _count_step(self, documents, step, user=None):
        """Return the queries of ``step``, a function, on each part of ``documents`` as ``user``."""
        parts = [part.with_user(user or self.env.user) for part in self._split(documents)]
        return [self._count_queries(partial(step, part)) for part in parts]

    def _take_steps(self, documents, *steps):
        """Take each :class:`Step` on one and on many of ``documents``, and compare what it costs."""
        self.assertEqual(len(documents), self.MANY + 2)
        for step in steps:
            model, _dot, method = step.name.rpartition(".")
            self.assertEqual(model, documents._name)
            counts = self._count_step(
                documents, lambda part, m=method, args=step.args: getattr(part, m)(*args), step.user
            )
            with self.subTest(step.name):
                core = step.core() if callable(step.core) else step.core
                self._assert_same_cost(step.name, counts, core)

    def _give_feedback_by_core(self):
        """Return the queries of core for the answer to a to-do of one and of thirty orders."""
        todo = "mail.mail_activity_data_todo"
        firms = [self.contractor] * (self.MANY + 2)
        orders = self.env["purchase.order"].create([{"partner_id": firm.id} for firm in firms])
        for order in orders:
            order.activity_schedule(todo, user_id=self.user_manager.id)
        return self._count_step(orders, lambda part: part.activity_feedback([todo]), self.user_admin)

    def _tell_by_core(self, documents=None):
        """Return the queries of core for a letter about each of ``documents`` to a person of its own."""
        readers = [self._create_contact(f"Reader {n}") for n in range(self.MANY + 2)]
        documents = documents or self._union([self._create_contact(f"Paper of {r.name}") for r in readers])
        reader_of = dict(zip(documents.ids, readers, strict=True))

        def tell(part):
            for document in part:
                document.message_post(body="Notice", partner_ids=reader_of[document.id].ids)

        return self._count_step(documents, tell)

    def _add_lines_by_core(self):
        """Return the queries of core for a line more on one and on thirty confirmed orders."""
        counts = []
        firms = [self.contractor] * (self.MANY + 2)
        line = self.env["purchase.order.line"].with_context(**{QUIET_KEY: QUIET})
        product = self.env.ref("property_outsourcing.product_outsourced_service")
        vals = {"product_id": product.id, "product_qty": 1.0, "price_unit": 1.0}
        for part in self._split(firms):
            order_vals = [{"partner_id": firm.id, "order_line": [Command.create(vals)]} for firm in part]
            orders = self.env["purchase.order"].create(order_vals)
            orders.button_confirm()
            rows = [{**vals, "order_id": order.id} for order in orders]
            counts.append(self._count_queries(partial(line.create, rows)))
        return counts

    def _assert_same_cost(self, step, counts, core=(0, 0, 0)):
        """Assert that many documents take the queries of one, and what core alone takes more for many.

        :param counts: queries of the first document, of another one, of many
        :param core: the same of core alone
        """
        _first, one, many = counts
        more = max(core[2] - core[1], 0)
        asked = "\n".join(f"{count} x {caller}" for caller, count in self._callers.most_common(12))
        self.assertLessEqual(
            many, one + more + self.ROUNDS, f"{step}: {counts}, core alone {core}; asked last by\n{asked}"
        )


class ManyDraftsCommon(DocumentsCommon, OutsourcingCommon):
    """Drafts of thirty-two contracts with as many firms, ready to be handed in."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        drafts = []
        for number in range(cls.MANY + 2):
            drafts.append(cls._create_contract(period_months=6, **cls._create_parties(number)))
            cls._create_required_documents(contract=drafts[-1])
        cls.contracts = cls._union(drafts)


class ManyWorksCommon(DocumentsCommon, OutsourcingCommon):
    """Running facade repairs of thirty-two firms."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        facade = cls.env.ref("property_outsourcing.service_type_facade")
        drafts = [
            cls._create_works_draft(**cls._create_parties(number, facade)) for number in range(cls.MANY + 2)
        ]
        cls.many_works = cls._activate(cls._union(drafts))


class ManyContractsCommon(ManyDraftsCommon):
    """The same contracts, running."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._activate(cls.contracts, documents=False)
