import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";
import { getFormId, readDrafts, removeDraft } from "../outbox/drafts";
import { forgetKey, getKey, getStep } from "../outbox/keys";
import { outbox } from "../outbox/outbox";
import { isKept } from "../outbox/store";
import { formatTime } from "../outbox/clock";
import { makeGapList } from "../outbox/gaps";

/** Ask before a step that cannot be taken back, and let nobody press a button twice. */
export class OutsourcingForm extends Interaction {
    static selector = ".o_outsourcing_form:not([data-outbox])";
    dynamicContent = {
        ".o_outsourcing_confirm": { "t-on-click": this.onConfirm },
        _root: { "t-on-submit": this.onSubmit },
    };

    setup() {
        this.confirmed = false;
        this.sent = false;
        this.el.dataset.scripted = "1"; // from here on early.js asks nothing
    }

    onConfirm(ev) {
        if (this.confirmed) {
            return;
        }
        ev.preventDefault();
        const button = ev.currentTarget;
        this.services.dialog.add(ConfirmationDialog, {
            title: button.textContent.trim(),
            body: button.dataset.confirm,
            confirmLabel: _t("Yes"),
            cancelLabel: _t("No"),
            confirm: () => {
                this.confirmed = true;
                this.el.requestSubmit(button);
            },
            cancel: () => {},
        });
    }

    onSubmit(ev) {
        if (this.sent) {
            ev.preventDefault();
            return;
        }
        this.sent = true;
        // after the browser has collected the form, or the pressed button would not be sent
        setTimeout(() => {
            if (ev.defaultPrevented) {
                // another script refused it, such as an empty signature
                this.sent = this.confirmed = false;
                return;
            }
            for (const button of this.el.querySelectorAll("button[type=submit]")) {
                button.disabled = true;
            }
        });
    }
}

/**
 * A form that records work (`data-outbox`): it goes to the outbox of the phone first and is sent from there, once. The
 * page stays until the answer is there; nothing that was typed, signed or chosen is lost by a refusal or a bad line.
 *
 * Other scripts of the page hear "outsourcing-collect" on the form before it is read, and refuse by preventDefault().
 */
export class OutsourcingOutboxForm extends OutsourcingForm {
    static selector = ".o_outsourcing_form[data-outbox]";

    onSubmit(ev) {
        ev.preventDefault();
        this.confirmed = false;
        const submitter = ev.submitter;
        const collect = new CustomEvent("outsourcing-collect", { cancelable: true, detail: { submitter } });
        if (!this.sent && this.el.dispatchEvent(collect)) {
            this.handIn(submitter);
        }
    }

    setup() {
        super.setup();
        this.waiting = new Set(); // steps of the page that the message speaks of
    }

    start() {
        this.addListener(this.el, "outsourcing-gaps", ({ detail }) => this.refuse(detail));
    }

    async handIn(submitter) {
        this.setBusy(true);
        this.say("info", _t("Sending…"));
        this.el.dispatchEvent(new CustomEvent("outsourcing-handed-in"));
        const step = getStep(this.el, submitter);
        const item = await this.waitFor(
            outbox.add({
                kind: "form",
                url: submitter?.getAttribute("formaction") || this.el.getAttribute("action"),
                entries: this.read(submitter),
                key: getKey(step),
                label: this.getLabel(submitter),
                page: location.pathname,
                formId: getFormId(this.el), // its draft is this row from now on
                step,
            })
        );
        await this.tellOfPhotos();
        this.follow(item, await this.waitFor(outbox.deliver(item)), submitter);
    }

    /** Say what the form waits for: what is handed in is sealed with the originals, not with the small pictures. */
    async tellOfPhotos() {
        const rows = await this.waitFor(outbox.list());
        const number = rows.filter((row) => row.kind === "photo" && row.page === location.pathname).length;
        if (number) {
            this.say("info", _t("Sending… %s photo(s) go first. The time you pressed is kept.", number));
        }
    }

    /** Act on what became of the item. */
    async follow(item, result, submitter) {
        if (result.state === "done") {
            if (!isKept()) {
                await removeDraft(item.formId); // of before the phone was full
            }
            if (await outbox.leaving) {
                return;
            }
            return this.show(result.answer.url);
        }
        this.setBusy(false);
        if (result.state === "refused" && (await this.isMine(item))) {
            if (result.status === 409) {
                forgetKey(item.step);
            }
            this.waitFor(outbox.remove(item.id, readDrafts(this.el)));
            return this.refuse(result);
        }
        if (["refused", "removed"].includes(result.state)) {
            this.waiting.delete(item.id); // it was taken back, perhaps in another tab
            if (!this.waiting.size) {
                this.message?.remove();
                this.message = null;
            }
            return;
        }
        if (submitter) {
            submitter.disabled = true; // it waits; other steps of the page may follow
        }
        this.waiting.add(item.id);
        this.say("warning", this.getWaitingText(result));
        const stops = ["done", "refused", "removed"].map((type) =>
            this.addListener(outbox, type, ({ detail }) => {
                if (detail.item.id === item.id) {
                    stops.forEach((stop) => stop());
                    this.follow(item, detail.result || { state: type }, submitter);
                }
            })
        );
    }

    /** A refusal is this page's to tell once it is seen, unless another tab has mended or deleted the item. */
    async isMine({ id }) {
        while (document.hidden) {
            await this.waitFor(
                new Promise((resolve) => this.addListener(document, "visibilitychange", resolve, { once: true }))
            );
        }
        return (await this.waitFor(outbox.list())).some((row) => row.id === id);
    }

    /** Go where the form led to; an anchor of this very page would leave it as it is. */
    show(url) {
        const { pathname, search, hash } = new URL(url, location.href);
        const isHere = hash && pathname === location.pathname && search === location.search;
        location.assign(url);
        if (isHere) {
            location.reload();
        }
    }

    refuse({ error, gaps = [] }) {
        this.say("danger", error);
        for (const former of this.el.querySelectorAll(".o_outsourcing_missing")) {
            former.classList.remove("o_outsourcing_missing");
        }
        const places = gaps.map(({ focus }) => focus && document.getElementById(focus));
        places.forEach((place) => place?.classList.add("o_outsourcing_missing"));
        if (gaps.length > 1) {
            this.message.append(makeGapList(gaps));
        }
        this.el.dispatchEvent(new CustomEvent("outsourcing-refused"));
        const place = places.length === 1 && places[0];
        (place || this.message).scrollIntoView({ block: place ? "center" : "nearest" });
    }

    getWaitingText(result) {
        if (!isKept()) {
            return _t("Not sent yet, and this browser keeps nothing: stay on this page until it is sent.");
        }
        if (result.error) {
            return result.error;
        }
        if (result.status === "login") {
            return _t("You are logged out. It is kept on this phone and sent as soon as you log in above.");
        }
        if (result.status === "other") {
            return _t("Somebody else is logged in on this phone. It is kept and sent when you log in again.");
        }
        if (result.status === "performer") {
            return _t("Somebody else works on this phone. It is kept and sent when you are chosen again.");
        }
        if (result.status === "offline") {
            return _t(
                "No signal: kept on this phone at %s and sent by itself as soon as there is a connection.",
                formatTime(Date.now())
            );
        }
        return _t("It waits for a photo of this page that was not taken: see above.");
    }

    // ---- reading ------------------------------------------------------------------------------------------------

    read(submitter) {
        const entries = [...new FormData(this.el)].filter(
            ([name, value]) =>
                !["csrf_token", "client_key", "client_user", "client_performer"].includes(name) &&
                !(value instanceof Blob && !value.size)
        );
        if (submitter?.name) {
            entries.push([submitter.name, submitter.value]);
        }
        return entries;
    }

    getLabel(submitter) {
        const title = document.querySelector(".o_outsourcing_title")?.textContent.trim();
        return [submitter?.textContent.trim(), title].filter(Boolean).join(" · ");
    }

    // ---- showing ------------------------------------------------------------------------------------------------

    setBusy(busy) {
        this.sent = busy;
        for (const button of this.el.querySelectorAll("button[type=submit]")) {
            button.disabled = busy;
        }
    }

    say(kind, text) {
        if (!this.message) {
            this.message = document.createElement("div");
            const last = [...this.el.querySelectorAll("button[type=submit]")].pop();
            (last?.closest(".d-grid") || last)?.before(this.message);
        }
        const error = kind === "danger" ? "o_outsourcing_error" : "";
        this.message.className = `alert alert-${kind} o_outsourcing_message ${error}`;
        this.message.setAttribute("role", kind === "danger" ? "alert" : "status");
        this.message.textContent = text;
    }
}

registry.category("public.interactions").add("property_outsourcing_portal.form", OutsourcingForm);
registry.category("public.interactions").add("property_outsourcing_portal.outbox_form", OutsourcingOutboxForm);
