import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

/** Whoever begins a log reads before that one of the day is there already. */
export class OutsourcingNewLog extends Interaction {
    static selector = ".o_outsourcing_log_new";
    dynamicContent = {
        _root: {
            "t-on-change": this.refresh,
            "t-on-outsourcing-restored": this.refresh,
            "t-on-outsourcing-refused": this.refresh,
        },
    };

    setup() {
        this.written = JSON.parse(this.el.dataset.written || "{}");
    }

    start() {
        this.refresh();
    }

    refresh() {
        const { place, date, again } = this.el.elements;
        const log = this.written[`${place.value}|${date.value}`];
        const box = this.el.querySelector(".o_outsourcing_again");
        const isAsked = box.classList.contains("o_outsourcing_missing"); // written since the page was drawn
        box.classList.toggle("d-none", !log && !isAsked);
        again.closest("label").classList.toggle("d-none", log ? log.works : !isAsked);
        this.el.querySelector("button[type=submit]").disabled = Boolean(log && (log.works || !again.checked));
        const note = this.el.querySelector(".o_outsourcing_written");
        note.replaceChildren();
        if (log) {
            const link = document.createElement("a");
            link.href = log.url;
            link.className = "btn btn-outline-primary o_outsourcing_btn w-100";
            link.textContent = _t("Open %s", log.name);
            note.append(_t("You have written %s of this day already.", log.name), link);
        }
    }
}

/** Fill what is still empty from the log before; works without a connection. */
export class OutsourcingFormerLog extends Interaction {
    static selector = ".o_outsourcing_log";
    dynamicContent = {
        ".o_outsourcing_copy": { "t-on-click": this.copy },
    };

    start() {
        this.box = this.el.querySelector(".o_outsourcing_former");
        this.box?.classList.remove("d-none");
    }

    copy() {
        for (const [name, value] of Object.entries(JSON.parse(this.box.dataset.values))) {
            const fields = [...this.el.querySelectorAll(`[name="${name}"]`)];
            if (Array.isArray(value)) {
                if (!fields.some((field) => field.checked)) {
                    fields.forEach((field) => (field.checked = value.includes(Number(field.value))));
                }
            } else if (fields[0] && !fields[0].value.trim()) {
                fields[0].value = value;
            }
            if (fields[0]?.closest("details")) {
                fields[0].closest("details").open = true;
            }
        }
        this.el.dispatchEvent(new Event("input", { bubbles: true })); // keeps the draft
        this.box.querySelector("div").textContent = _t("Copied. Change what was different today.");
    }
}

registry.category("public.interactions").add("property_outsourcing_portal.new_log", OutsourcingNewLog);
registry.category("public.interactions").add("property_outsourcing_portal.former_log", OutsourcingFormerLog);
