import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

/** A report that comes back from the outbox keeps its stamp, and with it the sum that was asked. */
export class OutsourcingReport extends Interaction {
    static selector = ".o_outsourcing_report";
    dynamicContent = {
        _root: { "t-on-outsourcing-restored": this.showQuestion },
    };

    showQuestion() {
        const [, first, second] = this.el.querySelector("[name=stamp]").value.split("-");
        this.el.querySelector(".o_outsourcing_question").textContent = `${first} + ${second} = ?`;
    }
}

registry.category("public.interactions").add("property_outsourcing_complaint.report", OutsourcingReport);
