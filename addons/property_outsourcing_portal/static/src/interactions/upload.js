import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";
import { getFingerprint, getSizeError } from "../outbox/files";
import { outbox } from "../outbox/outbox";
import { make } from "../outbox/tile";

/**
 * Photos of a document: kept on the phone as they are taken, sent one after another, each with its time. A tile shows
 * how far each one is; it can be cancelled, tried again, and removed. Without JavaScript the same inputs go with the
 * form around them.
 */
export class OutsourcingUpload extends Interaction {
    static selector = ".o_outsourcing_upload";
    dynamicContent = {
        ".o_outsourcing_upload_input": { "t-on-change": this.onChange },
        ".o_outsourcing_upload_error": { "t-out": () => this.errors.join(" ") },
        ".o_outsourcing_upload_count": { "t-out": () => this.getCountText() },
        _root: { "t-on-click": this.onClick },
    };

    setup() {
        this.errors = [];
        this.total = this.done = 0;
        this.tiles = new Map();
        // the button of the plain form is needed without JavaScript only
        const form = this.el.closest(".o_outsourcing_upload_form");
        form?.querySelector(".o_outsourcing_no_js")?.classList.add("d-none");
    }

    start() {
        this.pending = document.createElement("div");
        this.pending.className = "o_outsourcing_pending";
        this.el.querySelector(".o_outsourcing_photos").after(this.pending);
        this.addListener(outbox, "progress", ({ detail }) => this.tiles.get(detail.id)?.setPercent(detail.percent));
        this.addListener(outbox, "change", () => this.refresh());
        this.addListener(outbox, "done", ({ detail }) => this.onDone(detail));
        this.addListener(outbox, "small", ({ detail }) => this.onSmall(detail));
        this.refresh();
        this.takeChosen();
    }

    /** Photos chosen before this script was there are kept as well. */
    async takeChosen() {
        for (const input of this.el.querySelectorAll(".o_outsourcing_upload_input")) {
            if (input.files.length) {
                await this.keep(input);
            }
        }
    }

    isMine(item) {
        const { url, phase, lineId } = this.el.dataset;
        return item.kind === "photo" && item.url === url && item.phase === phase && item.lineId === (lineId || "");
    }

    onChange(ev) {
        this.errors = [];
        return this.keep(ev.currentTarget);
    }

    async keep(input) {
        const files = [...input.files];
        const { maxPhoto, maxVideo, url, phase, lineId } = this.el.dataset;
        // what goes through the outbox does not go with the form again
        input.value = "";
        for (const file of files) {
            const error = getSizeError(file, Number(maxPhoto), Number(maxVideo));
            if (error) {
                this.errors.push(error);
                continue;
            }
            const print = await this.waitFor(getFingerprint(file));
            if ((await this.waitFor(outbox.list())).some((item) => this.isMine(item) && item.print === print)) {
                this.errors.push(_t("%s was chosen already.", file.name));
                continue;
            }
            const entries = [["phase", phase], ["files", file]];
            if (lineId) {
                entries.push(["line_id", lineId]);
            }
            this.total += 1;
            await this.waitFor(
                outbox.add({
                    kind: "photo", url, phase, print, entries,
                    lineId: lineId || "",
                    label: file.name,
                    page: location.pathname,
                })
            );
        }
        this.updateContent();
        outbox.flush();
    }

    async refresh() {
        const items = (await this.waitFor(outbox.list())).filter((item) => this.isMine(item));
        for (const [id, tile] of this.tiles) {
            if (!items.some((item) => item.id === id)) {
                tile.remove();
                this.tiles.delete(id);
            }
        }
        for (const item of items) {
            if (!this.tiles.has(item.id)) {
                const tile = make(item, {
                    onRetry: (row) => outbox.retry(row),
                    onRemove: (row) => this.drop(row),
                });
                this.tiles.set(item.id, tile);
                this.pending.append(tile.el);
            }
            this.tiles.get(item.id).show(item, outbox.status);
        }
        if (!this.isDestroyed) {
            this.updateContent();
        }
    }

    onDone({ item, result }) {
        const removed = this.findFrame(item.removes); // perhaps long after it was asked for
        if (removed) {
            removed.remove();
            this.errors = [];
            this.updateContent();
        }
        if (!this.isMine(item)) {
            return;
        }
        this.done += 1;
        for (const photo of result.answer.files || []) {
            this.findFrame(photo.replaces)?.remove();
            this.addThumbnail(photo);
        }
        if (result.answer.notice) {
            this.errors.push(result.answer.notice);
        }
        this.updateContent();
    }

    /** A small picture went ahead on a bad line: it is shown, the photo itself still waits. */
    onSmall({ item, result }) {
        if (this.isMine(item)) {
            (result.answer.files || []).forEach((photo) => this.addThumbnail(photo));
        }
    }

    findFrame(id) {
        const button = id ? this.el.querySelector(`.o_outsourcing_photo_remove[data-id="${id}"]`) : null;
        return button?.closest(".o_outsourcing_photo_frame");
    }

    /** Take a photo back that waits, and the small picture that went ahead of it. */
    async drop(item) {
        if (item.small?.state === "sent" && item.small.id) {
            await this.removeKept(item.small.id);
        } else {
            await this.waitFor(outbox.remove(item.id));
        }
    }

    getCountText() {
        if (!this.total) {
            return "";
        }
        const { done, total } = this;
        return done < total ? _t("%(done)s of %(total)s sent", { done, total }) : _t("All %s sent", total);
    }

    addThumbnail(photo) {
        if (this.findFrame(photo.id)) {
            return; // sent once before the page was drawn, and again because the phone did not know
        }
        const frame = document.createElement("span");
        frame.className = "o_outsourcing_photo_frame";
        const link = document.createElement("a");
        link.href = photo.url;
        link.target = "_blank";
        link.className = "o_outsourcing_photo";
        link.title = photo.name;
        const image = document.createElement("img");
        image.src = photo.thumb;
        image.alt = photo.name;
        link.append(image);
        const button = document.createElement("button");
        button.type = "button";
        button.className = "o_outsourcing_photo_remove";
        button.dataset.id = photo.id;
        button.title = _t("Remove this photo");
        button.setAttribute("aria-label", button.title);
        button.textContent = "×";
        if (photo.is_small) {
            const mark = document.createElement("small");
            mark.className = "o_outsourcing_photo_small";
            mark.textContent = _t("Small");
            mark.title = _t("A small picture; the original is still on the phone that took it.");
            link.append(mark);
        }
        frame.append(link, button);
        this.el.querySelector(".o_outsourcing_photos").append(frame);
    }

    onClick(ev) {
        const button = ev.target.closest(".o_outsourcing_photo_remove");
        if (!button) {
            return;
        }
        ev.preventDefault();
        this.services.dialog.add(ConfirmationDialog, {
            title: _t("Remove this photo"),
            body: _t("It is removed from the document; its name stays on record."),
            confirmLabel: _t("Remove"),
            cancelLabel: _t("No"),
            confirm: () => this.removeKept(Number(button.dataset.id)),
            cancel: () => {},
        });
    }

    async removeKept(id) {
        const waiting = await this.waitFor(outbox.list());
        // not wanted either, unless it is refused, which may come much later
        const originals = waiting.filter((row) => row.small?.id === id);
        const item = await this.waitFor(outbox.addRemoval(id, location.pathname, originals));
        const result = await this.waitFor(outbox.deliver(item));
        if (result.state === "refused") {
            outbox.remove(item.id);
            outbox.flush();
            this.errors = [result.error];
        } else if (result.state !== "done") {
            this.errors = [_t("It is removed as soon as there is a connection.")];
        }
        this.updateContent();
    }
}

/** Files that travel with their form: refuse too large ones before they are sent. */
export class OutsourcingSizedForm extends Interaction {
    static selector = ".o_outsourcing_sized";
    dynamicContent = {
        "input[type=file]": { "t-on-change": this.onChange },
        ".o_outsourcing_form_error": { "t-out": () => this.error },
    };

    setup() {
        this.error = "";
    }

    onChange(ev) {
        const { maxPhoto, maxVideo } = this.el.dataset;
        const errors = [...ev.currentTarget.files].map((file) =>
            getSizeError(file, Number(maxPhoto), Number(maxVideo))
        );
        this.error = errors.filter(Boolean).join(" ");
        if (this.error) {
            ev.currentTarget.value = "";
        }
    }
}

registry.category("public.interactions").add("property_outsourcing_portal.upload", OutsourcingUpload);
registry.category("public.interactions").add("property_outsourcing_portal.sized_form", OutsourcingSizedForm);
