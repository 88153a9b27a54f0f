import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";
import { formatMoment } from "../outbox/clock";
import { fillForm, getDraft, getFormId, readDrafts, readForm, removeDraft } from "../outbox/drafts";
import { takeKeys } from "../outbox/keys";
import { DRAFTS, put } from "../outbox/store";

const PAUSE = 300;

/** Keep what is typed, ticked, signed and chosen while it is, and put it back when the page is opened again. */
export class OutsourcingDraft extends Interaction {
    static selector = ".o_outsourcing_form[data-outbox]";
    dynamicContent = {
        _window: { "t-on-pagehide": this.onHide },
        _document: { "t-on-visibilitychange": this.onHide },
        _root: {
            "t-on-input": this.onInput,
            "t-on-change": this.onInput,
            "t-on-outsourcing-handed-in": this.stop,
        },
    };

    setup() {
        this.formId = getFormId(this.el);
    }

    async willStart() {
        this.draft = await getDraft(this.formId);
    }

    start() {
        const typed = readForm(this.el); // before this script was there
        if (this.draft) {
            const names = this.draft.names.filter((name) => !typed?.names.includes(name));
            fillForm(this.el, { ...this.draft, names });
            takeKeys(this.draft.keys);
            this.showNote();
        }
        if (typed) {
            this.keep();
        }
    }

    onInput() {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.keep(), PAUSE);
    }

    async keep() {
        this.timer = null;
        const [draft] = readDrafts(this.el);
        await (draft ? put(DRAFTS, draft) : removeDraft(this.formId));
    }

    /** The page may be closed the moment it is hidden. */
    onHide() {
        if (this.timer) {
            this.stop();
            this.keep();
        }
    }

    stop() {
        clearTimeout(this.timer);
        this.timer = null;
    }

    destroy() {
        this.stop();
    }

    showNote() {
        const note = document.createElement("div");
        note.className = "alert alert-info o_outsourcing_draft d-flex justify-content-between align-items-center gap-2";
        const text = document.createElement("span");
        text.textContent = _t("What you typed on %s is here again.", formatMoment(this.draft.date));
        const button = document.createElement("button");
        button.type = "button";
        button.className = "btn btn-link text-nowrap";
        button.textContent = _t("Discard it");
        button.addEventListener("click", async () => {
            await removeDraft(this.formId);
            location.reload();
        });
        note.append(text, button);
        this.el.prepend(note);
    }
}

registry.category("public.interactions").add("property_outsourcing_portal.draft", OutsourcingDraft);
