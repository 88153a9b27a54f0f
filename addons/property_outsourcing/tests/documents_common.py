from functools import partial


class DocumentsCommon:
    """Steps taken on one and on many documents of different contracts, firms and communities.

    A step costs the same number of queries for one document and for many, plus what core itself costs.
    """

    MANY = 30
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
    def _split(cls, documents):
        """Return one document that fills the caches, one that is counted, and the many."""
        return documents[:1], documents[1:2], documents[2:]

    def _count_queries(self, work):
        """Return how many queries ``work`` takes from empty caches, what it leaves to be flushed included."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        work()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def _count_step(self, documents, step, user=None):
        """Return the queries of ``step``, a function, on each part of ``documents`` as ``user``."""
        parts = [part.with_user(user or self.env.user) for part in self._split(documents)]
        return [self._count_queries(partial(step, part)) for part in parts]

    def _assert_same_cost(self, step, counts, core=(0, 0, 0)):
        """Assert that many documents take the queries of one, and what core alone takes more for many.

        :param counts: queries of the first document, of another one, of many
        :param core: the same of core alone
        """
        _first, one, many = counts
        more = max(core[2] - core[1], 0)
        self.assertLessEqual(many, one + more + self.ROUNDS, f"{step}: {counts}, core alone {core}")
