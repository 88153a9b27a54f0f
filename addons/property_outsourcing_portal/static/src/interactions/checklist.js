import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";
import { parseNumber } from "../outbox/number";

/**
 * The items of a checklist: how many are answered, the next that is not, the rest passed together, and what is still
 * missing before it is handed in. Needs no connection; the server judges all of it again.
 */
export class OutsourcingChecklist extends Interaction {
    static selector = ".o_outsourcing_checklist";
    dynamicContent = {
        _root: {
            "t-on-change": this.onChange,
            "t-on-click.capture": this.onClick,
            "t-on-outsourcing-restored": this.refresh,
            "t-on-outsourcing-answered": this.refresh,
        },
        ".o_outsourcing_pass_rest": { "t-on-click": () => this.passRest() },
        ".o_outsourcing_pass_back": { "t-on-click": () => this.takeBack() },
        ".o_outsourcing_next": { "t-on-click": () => this.goToNext() },
    };

    setup() {
        this.items = [...this.el.querySelectorAll(".o_outsourcing_item")];
        this.together = [];
    }

    start() {
        this.el.querySelector(".o_outsourcing_sticky_ways").classList.remove("d-none"); // needs this script
        this.refresh();
    }

    // ---- what an item holds -------------------------------------------------------------------------------------

    getResult(item) {
        return item.querySelector(".o_outsourcing_result:checked")?.value || "";
    }

    setResult(item, result) {
        for (const radio of item.querySelectorAll(".o_outsourcing_result")) {
            radio.checked = radio.value === result;
        }
    }

    getValue(item) {
        return item.querySelector(".o_outsourcing_value")?.value.trim() || "";
    }

    hasPhoto(item) {
        return Boolean(item.querySelector(".o_outsourcing_photo_frame, .o_outsourcing_pending .o_outsourcing_tile"));
    }

    /** By eye, without value or proof: the server knows the same rule. */
    mayPassTogether(item) {
        return item.dataset.bulk && (!item.dataset.photo || this.hasPhoto(item));
    }

    isOutside(item) {
        const { min, max } = item.dataset;
        const value = parseNumber(this.getValue(item));
        return Boolean(this.getValue(item)) && ((min && value < Number(min)) || (max && value > Number(max)));
    }

    // ---- answering ----------------------------------------------------------------------------------------------

    onChange(ev) {
        const item = ev.target.closest(".o_outsourcing_item");
        if (item && ev.target.matches(".o_outsourcing_value") && (item.dataset.min || item.dataset.max)) {
            const known = this.getValue(item) && !Number.isNaN(parseNumber(this.getValue(item)));
            this.setResult(item, known ? (this.isOutside(item) ? "fail" : "pass") : "");
        }
        if (item) {
            item.classList.remove("o_outsourcing_missing");
            this.together = this.together.filter((row) => row !== item);
        }
        this.refresh();
    }

    passRest() {
        this.together = this.items.filter((item) => !this.getResult(item) && this.mayPassTogether(item));
        this.answerTogether("pass");
    }

    takeBack() {
        const items = this.together;
        this.answerTogether("");
        this.together = this.together.filter((item) => !items.includes(item));
        this.refresh();
    }

    answerTogether(result) {
        this.together.forEach((item) => this.setResult(item, result));
        this.el.dispatchEvent(new Event("input", { bubbles: true })); // keeps the draft
        const detail = { items: this.together, passed: Boolean(result) };
        this.el.dispatchEvent(new CustomEvent("outsourcing-together", { detail }));
        this.refresh();
    }

    // ---- showing ------------------------------------------------------------------------------------------------

    refresh() {
        const open = this.items.filter((item) => !this.getResult(item));
        const answered = this.items.length - open.length;
        this.el.querySelector(".o_outsourcing_answered").textContent = answered;
        const percent = (100 * answered) / (this.items.length || 1);
        this.el.querySelector(".o_outsourcing_answered_bar").style.width = `${percent}%`;
        this.el.querySelector(".o_outsourcing_next").disabled = !open.length;
        const rest = this.el.querySelector(".o_outsourcing_pass_rest");
        rest.disabled = !open.some((item) => this.mayPassTogether(item));
        const back = this.el.querySelector(".o_outsourcing_pass_back");
        back.classList.toggle("d-none", !this.together.length);
        back.textContent = _t("%s passed together: take it back", this.together.length);
        for (const item of this.items) {
            if (["fail", "na"].includes(this.getResult(item))) {
                item.querySelector(".o_outsourcing_more").open = true;
            }
        }
    }

    goToNext() {
        const open = this.items.filter((item) => !this.getResult(item));
        const bar = this.el.querySelector(".o_outsourcing_sticky").getBoundingClientRect().bottom;
        const below = open.find((item) => item !== this.current && item.getBoundingClientRect().top > bar);
        this.current = below || open[0];
        this.current?.scrollIntoView({ block: "center" });
    }

    // ---- what is missing ----------------------------------------------------------------------------------------

    onClick(ev) {
        if (!ev.target.closest(".o_outsourcing_submit")) {
            return;
        }
        // before the question that cannot be undone
        const gaps = this.items
            .map((item) => [item, this.getMissing(item)])
            .filter(([, text]) => text)
            .map(([item, text]) => ({ focus: item.id, text: `${item.dataset.label}: ${text}` }));
        if (gaps.length) {
            ev.preventDefault();
            ev.stopPropagation();
            const error =
                gaps.length > 1
                    ? _t("%s things are still missing. Tap one to go there:", gaps.length)
                    : gaps[0].text;
            this.el.dispatchEvent(new CustomEvent("outsourcing-gaps", { detail: { error, gaps } }));
        }
    }

    getMissing(item) {
        const result = this.getResult(item);
        const { photo, value, test } = item.dataset;
        const hasNote = Boolean(item.querySelector(".o_outsourcing_note").value.trim());
        if (!result) {
            return _t("not answered yet");
        }
        if (result === "na") {
            return !hasNote && _t("say why it does not apply");
        }
        if (value && !this.getValue(item)) {
            return _t("the measured value is missing");
        }
        if (result === "fail") {
            return !hasNote && !this.hasPhoto(item) && _t("a failed item needs a note or a photo");
        }
        if (this.isOutside(item)) {
            return _t("the value is outside the limits and cannot pass");
        }
        if (photo && !this.hasPhoto(item)) {
            return _t("the photo is missing");
        }
        return test && !this.getValue(item) && !this.hasPhoto(item) && _t("a test needs its value or a photo");
    }
}

registry.category("public.interactions").add("property_outsourcing_portal.checklist", OutsourcingChecklist);
