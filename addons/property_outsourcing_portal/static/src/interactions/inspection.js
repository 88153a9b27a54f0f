import { _t } from "@web/core/l10n/translation";
import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

/** Keep each answer as soon as it is given. The form around it carries all of them anyway. */
export class OutsourcingInspection extends Interaction {
    static selector = ".o_outsourcing_inspection";
    dynamicContent = {
        ".o_outsourcing_result, .o_outsourcing_value, .o_outsourcing_note": { "t-on-change": this.onChange },
        _root: { "t-on-outsourcing-together": ({ detail }) => this.queueUp(() => this.saveTogether(detail)) },
    };

    setup() {
        this.queue = Promise.resolve();
    }

    onChange(ev) {
        const input = ev.currentTarget;
        const item = input.closest(".o_outsourcing_item");
        const key = input.name.split("_")[0];
        return this.queueUp(() => this.save(item, key, input.value));
    }

    /** One after the other: a later answer never overtakes an earlier one. */
    queueUp(act) {
        this.queue = this.queue.then(act);
        return this.waitFor(this.queue);
    }

    ask(step, params) {
        return rpc(`/my/outsourcing/inspections/${this.el.dataset.recordId}/${step}`, params, { silent: true });
    }

    async save(item, key, value) {
        this.setStatus(item, _t("Saving…"), "text-muted");
        let answer;
        try {
            answer = await this.ask("answer", { line_id: Number(item.dataset.lineId), answer: { [key]: value } });
        } catch {
            return this.sayNotSaved(item);
        }
        this.show(item, answer.result, answer.error);
        this.el.dispatchEvent(new CustomEvent("outsourcing-answered"));
    }

    async saveTogether({ items, passed }) {
        let answer;
        try {
            const ids = items.map((item) => Number(item.dataset.lineId));
            answer = await this.ask("together", { line_ids: ids, passed });
        } catch {
            return items.forEach((item) => this.sayNotSaved(item));
        }
        for (const item of items) {
            this.show(item, answer.results?.[item.dataset.lineId] || "", answer.error);
        }
        this.el.dispatchEvent(new CustomEvent("outsourcing-answered"));
    }

    show(item, result, error) {
        for (const radio of item.querySelectorAll(".o_outsourcing_result")) {
            radio.checked = radio.value === result;
        }
        this.setStatus(item, error || _t("Saved"), error ? "text-danger" : "text-success");
    }

    sayNotSaved(item) {
        this.setStatus(item, _t("No signal: kept on this phone; Save or Hand in sends it."), "text-muted");
    }

    setStatus(item, text, className) {
        const status = item.querySelector(".o_outsourcing_item_status");
        status.textContent = text;
        status.className = `o_outsourcing_item_status small ${className}`;
    }
}

registry.category("public.interactions").add("property_outsourcing_portal.inspection", OutsourcingInspection);
