import { _t } from "@web/core/l10n/translation";
import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

/** Keep each answer as soon as it is given. The form around it carries all of them anyway. */
export class OutsourcingInspection extends Interaction {
    static selector = ".o_outsourcing_inspection";
    dynamicContent = {
        ".o_outsourcing_result, .o_outsourcing_value, .o_outsourcing_note": { "t-on-change": this.onChange },
    };

    setup() {
        this.queue = Promise.resolve();
    }

    onChange(ev) {
        const input = ev.currentTarget;
        const item = input.closest(".o_outsourcing_item");
        const key = input.name.split("_")[0];
        // one after the other: a later answer never overtakes an earlier one
        this.queue = this.queue.then(() => this.save(item, key, input.value));
        return this.waitFor(this.queue);
    }

    async save(item, key, value) {
        this.setStatus(item, _t("Saving…"), "text-muted");
        let answer;
        try {
            answer = await rpc(
                `/my/outsourcing/inspections/${this.el.dataset.recordId}/answer`,
                { line_id: Number(item.dataset.lineId), answer: { [key]: value } },
                { silent: true }
            );
        } catch {
            this.setStatus(item, _t("Not saved yet: no connection. Press Save when it is back."), "text-danger");
            return;
        }
        for (const radio of item.querySelectorAll(".o_outsourcing_result")) {
            radio.checked = radio.value === answer.result;
        }
        this.setStatus(item, answer.error || _t("Saved"), answer.error ? "text-danger" : "text-success");
        this.setProgress(answer.answered, answer.total);
    }

    setStatus(item, text, className) {
        const status = item.querySelector(".o_outsourcing_item_status");
        status.textContent = text;
        status.className = `o_outsourcing_item_status small ${className}`;
    }

    setProgress(answered, total) {
        if (total === undefined) {
            return;
        }
        this.el.querySelector(".o_outsourcing_answered").textContent = answered;
        this.el.querySelector(".o_outsourcing_total").textContent = total;
        this.el.querySelector(".o_outsourcing_answered_bar").style.width = `${(100 * answered) / (total || 1)}%`;
    }
}

registry.category("public.interactions").add("property_outsourcing_portal.inspection", OutsourcingInspection);
