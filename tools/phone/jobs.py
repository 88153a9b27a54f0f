"""What a foreman does on the phone: steps on a page, each with what he sees when it is done."""

from typing import NamedTuple

LINE = "[[0.1, 0.3], [0.5, 0.7], [0.9, 0.3]]"
# what stands in the outbox of the page of this form
WAITS = (
    "[...document.querySelectorAll('.o_outsourcing_waiting .o_outsourcing_tile:not(:has(img))')].length > 0"
)


class Step(NamedTuple):
    """Code that does it, and the expression that is true once the page shows it."""

    do: str
    seen: str


class Job:
    """One document handed in; a subclass says where, how, and what has to be on record afterwards."""

    model = None
    done = "false"  # expression: the page shows the document as handed in

    def __init__(self, env, document_id, mark):
        self.env, self.id, self.mark = env, document_id, mark

    @property
    def record(self):
        return self.env[self.model].browse(self.id)

    def get_colours(self):
        """Return three colours nobody else's photos have."""
        return [f"#{(self.mark * 3 + number) * 2503 % 0xFFFFFF:06x}" for number in range(3)]

    def take(self, box):
        """Return the steps of three photos into the upload ``box``, one after another."""
        return [
            Step(
                f"await take('{box} .o_outsourcing_upload_input[multiple]', ['{colour}'])",
                f"Boolean(document.querySelector('{box} [title=\"{colour}.jpg\"]')) ||"
                f" [...document.querySelectorAll('{box} .o_outsourcing_tile')].some("
                f"(tile) => tile.textContent.includes('{colour}'))",
            )
            for colour in self.get_colours()
        ]

    def get_photos(self):
        return self.record.evidence_ids

    def find_faults(self):
        """Return what is wrong on record, as sentences."""
        faults = []
        posts = self.env["outsourcing.portal.post"].search(
            [("res_model", "=", self.model), ("res_id", "=", self.id), ("path", "like", "%/submit")]
        )
        if len(posts) != 1:
            faults.append(f"handed in {len(posts)} times")
        photos = self.get_photos()
        if len(photos) != 3 or len(set(photos.mapped("sha256"))) != 3:
            faults.append(f"{len(photos)} photos")
        return faults


def fill(selector, value):
    """Return the step that types or chooses ``value``."""
    return Step(
        f"type({selector!r}, {value!r})", f"document.querySelector({selector!r})?.value === {value!r}"
    )


def press(selector, confirmed=False):
    """Return the step that hands in: it waits in the outbox, or is there."""
    code = f"document.querySelector({selector!r}).click();"
    if confirmed:
        code += (
            "for (let n = 0; n < 50 && !document.querySelector('.modal .btn-primary'); n++)"
            " await new Promise((resolve) => setTimeout(resolve, 50));"
            "document.querySelector('.modal .btn-primary').click();"
        )
    return Step(code, WAITS)


class Log(Job):
    model = "outsourcing.site.log"
    done = "Boolean(document.querySelector('.o_outsourcing_text')?.innerText.includes('Greased'))"

    @property
    def path(self):
        return f"/my/outsourcing/logs/{self.id}"

    def get_steps(self):
        return [
            fill("#content", f"Greased the rails {self.mark}"),
            fill("#weather", "sunny"),
            *self.take('.o_outsourcing_upload[data-phase="during"]'),
            press(".o_outsourcing_submit", confirmed=True),
        ]

    def find_faults(self):
        faults = super().find_faults()
        if (self.record.state, self.record.content) != ("submitted", f"Greased the rails {self.mark}"):
            faults.append(f"{self.record.state}: {self.record.content}")
        return faults


class Checklist(Job):
    model = "outsourcing.inspection"
    done = "Boolean(document.querySelector('.o_outsourcing_item_read'))"

    @property
    def path(self):
        return f"/my/outsourcing/inspections/{self.id}"

    def get_photos(self):
        return self.record.line_ids[0].evidence_ids

    def get_steps(self):
        first, second = self.record.line_ids
        return [
            *(
                Step(
                    f"document.querySelector('#result_{line.id}_pass').click()",
                    f"document.querySelector('#result_{line.id}_pass')?.checked",
                )
                for line in (first, second)
            ),
            fill(f"[name=value_{second.id}]", "7,5"),
            *self.take(f"#item_{first.id}"),
            press(".o_outsourcing_submit", confirmed=True),
        ]

    def find_faults(self):
        faults = super().find_faults()
        answers = [(line.result, line.value) for line in self.record.line_ids]
        if self.record.state != "done" or answers != [("pass", 0.0), ("pass", 7.5)]:
            faults.append(f"{self.record.state}: {answers}")
        return faults


class Order(Job):
    model = "project.task"
    done = "!document.querySelector('[value=responded], [value=arrived]')"

    @property
    def path(self):
        return f"/my/outsourcing/orders/{self.id}"

    def get_steps(self):
        return [
            Step(f"document.querySelector('[name=step][value={step}]').click()", seen)
            for step, seen in (
                ("responded", f"!document.querySelector('[value=responded]') || {WAITS}"),
                ("arrived", self.done),
            )
        ]

    def find_faults(self):
        posts = self.env["outsourcing.portal.post"].search(
            [("res_model", "=", self.model), ("res_id", "=", self.id)]
        )
        order = self.record
        if len(posts) != 2 or not order.outsourcing_date_responded or not order.outsourcing_date_arrived:
            return [f"{len(posts)} reports of two steps"]
        return []


class Signature(Job):
    model = "outsourcing.acceptance"
    done = "Boolean(document.querySelector('.o_outsourcing_signature_image'))"

    @property
    def path(self):
        return f"/my/outsourcing/acceptances/{self.id}"

    def get_steps(self):
        every = "[...document.querySelectorAll('[id^=result_][id$=_pass]')]"
        return [
            Step(
                f"{every}.forEach((radio) => radio.click())",
                f"{every}.length && {every}.every((radio) => radio.checked)",
            ),
            Step(
                "document.querySelector('#sign_pass').click()",
                "document.querySelector('#sign_pass')?.checked",
            ),
            Step(f"draw({LINE})", "Boolean(document.querySelector('[name=signature]')?.value)"),
            press(".o_outsourcing_sign"),
        ]

    def find_faults(self):
        stage = self.record.current_stage_ids.filtered(lambda stage: stage.level == "self_check")
        posts = self.env["outsourcing.portal.post"].search(
            [("res_model", "=", self.model), ("res_id", "=", self.id)]
        )
        results = set(self.record.line_ids.mapped("self_result"))
        if len(posts) != 1 or stage.result != "pass" or results != {"pass"}:
            return [f"signed {len(posts)} times: {stage.result}, {results}"]
        return []


class Variation(Job):
    model = "outsourcing.variation"
    done = (
        "!document.querySelector('.o_outsourcing_variation') &&"
        " Boolean(document.querySelector('.o_outsourcing_signature_image'))"
    )

    @property
    def path(self):
        return f"/my/outsourcing/variations/{self.id}"

    def get_steps(self):
        item = self.record.contract_id.item_ids[0]
        return [
            fill("#reason", f"Hollow tiles {self.mark}"),
            fill(f"#qty_{item.id}", "2.5"),
            *self.take('.o_outsourcing_upload[data-phase="before"]'),
            Step(f"draw({LINE})", "Boolean(document.querySelector('[name=signature]')?.value)"),
            press(".o_outsourcing_sign"),
        ]

    def find_faults(self):
        faults = super().find_faults()
        quantities = self.record.line_ids.mapped("quantity")
        if self.record.state != "submitted" or quantities != [2.5]:
            faults.append(f"{self.record.state}: {quantities}")
        return faults


class Begin(Job):
    """A new document: it is shown, or the next page says that it was sent."""

    model = "outsourcing.variation"
    path = "/my/outsourcing/variations/new"
    done = "/[0-9]$/.test(location.pathname) || Boolean(document.querySelector('.o_outsourcing_sent'))"

    @property
    def title(self):
        return f"Begun on the phone {self.mark}"

    @property
    def record(self):
        return self.env[self.model].search([("title", "=", self.title)])

    def get_steps(self):
        return [fill("#title", self.title), press(".o_outsourcing_form button[type=submit]")]

    def find_faults(self):
        return [f"{len(self.record)} records"] if len(self.record) != 1 else []


JOBS = {
    "log": Log,
    "checklist": Checklist,
    "order": Order,
    "signature": Signature,
    "variation": Variation,
    "begin": Begin,
}
