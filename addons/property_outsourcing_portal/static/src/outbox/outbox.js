import { _t } from "@web/core/l10n/translation";
import { DRAFTS, OUTBOX, change, list, put } from "./store";
import { getId } from "./drafts";
import { makeKey, ping, send } from "./send";
import { getSmallItem, isFast, isSlow, makeSmall, mayGoSmall } from "./small";
import { joinTabs } from "./tabs";

const EVERY = 30000;

/**
 * What was handed in and waits to be sent, in its order: one photo after another, then the form they belong to. On a
 * slow line a small picture of each photo goes ahead; the originals follow, and the form waits for them.
 *
 * Events: "change" (rows or `status`), "progress" with {id, percent}, "done", "refused" and "small" (a small picture
 * is there) and "removed" with {item, result}. All but "progress" may come from another tab, without files.
 * `status` says what is in the way: "" (nothing), "offline", "login" (session over), "other" (somebody else is in),
 * "performer" (the login is the same, another colleague works with it).
 */
class Outbox extends EventTarget {
    constructor() {
        super();
        this.owner = null;
        this.status = "";
        this.leaving = null; // whether the person is logged out once all is sent: no page is opened before that is known
        this.loud = new Set(); // a page waits for the answer of these
        this.running = Promise.resolve();
        this.results = new Map();
        this.requests = new Map();
        this.isSlow = false;
        this.original = null; // the row whose original is on its way though its small picture is there
        this.interrupted = new Set();
        this.tellTabs = () => {};
    }

    /** Begin to send for whoever the page was drawn for; `user` is null where nobody has to be logged in. */
    start(owner, user, performer = "") {
        if (this.owner) {
            return;
        }
        Object.assign(this, { owner, user, performer });
        this.isSlow = /2g/.test(navigator.connection?.effectiveType || "");
        this.tellTabs = joinTabs(owner, (type, detail) => this.hear(type, detail));
        window.addEventListener("online", () => this.flush());
        window.addEventListener("focus", () => this.flush());
        document.addEventListener("visibilitychange", () => !document.hidden && this.flush());
        setInterval(() => this.flush(), EVERY);
        this.flush();
    }

    tell(type, detail) {
        this.dispatchEvent(new CustomEvent(type, { detail }));
        this.tellTabs(type, detail);
    }

    /** Another tab has done what this one waits for as well. */
    hear(type, detail) {
        if (detail?.result && type !== "small") {
            this.results.set(detail.item.id, detail.result);
        }
        this.dispatchEvent(new CustomEvent(type, { detail }));
    }

    /** What waits, in its order: not what is there and only said on the next page, nor photos somebody takes back. */
    async list() {
        return (await list(OUTBOX, this.owner)).filter((row) => row.state !== "sent" && !row.heldBy);
    }

    /** Return what was sent and read of by nobody yet: rows with `label` and `url` of the document. */
    async listSent() {
        return (await list(OUTBOX, this.owner)).filter((row) => row.state === "sent");
    }

    /** Forget rows of `listSent`. */
    forgetSent(rows) {
        return change({}, { [OUTBOX]: rows.map(({ id }) => id) });
    }

    /**
     * Keep something to be sent.
     *
     * @param {Object} vals `url` it is posted to, `entries` of the form as [name, value], `kind` ("form" or "photo"),
     *      `label` people know it by, `page` it was written on; `key` and `acted` (when it was done) if known; `formId`
     *      of the draft it was until now
     * @param {Object[]} held photos that wait no more once this is done, and wait again if it is refused or deleted
     */
    async add(vals, held = []) {
        const { owner, user, performer } = this;
        const id = `${Date.now().toString().padStart(15, "0")}-${makeKey().slice(0, 8)}`;
        const item = { key: makeKey(), acted: Date.now(), state: "waiting", error: "", ...vals, id, owner, user, performer };
        const photos = held.map((row) => ({ ...row, heldBy: id }));
        await change({ [OUTBOX]: [item, ...photos] }, { [DRAFTS]: vals.formId ? [getId(vals.formId)] : [] });
        held.forEach((row) => this.requests.get(row.id)?.abort());
        this.tell("change");
        if (this.original && this.isSlow && mayGoSmall(item)) {
            this.interrupted.add(this.original); // begun again when the small pictures are there
            this.requests.get(this.original)?.abort();
        }
        return item;
    }

    /** Forget a row; `drafts` keep from the same moment on what it held. */
    async remove(id, drafts = []) {
        this.requests.get(id)?.abort();
        await change({ [OUTBOX]: await this.letGo(id), [DRAFTS]: drafts }, { [OUTBOX]: [id] });
        const result = { state: "removed" };
        this.results.set(id, result); // whoever has it delivered hears of it
        this.tell("removed", { item: { id }, result });
        this.tell("change");
    }

    /** Forget all there is of the owner. */
    async clear() {
        const rows = await list(OUTBOX, this.owner);
        await change({}, { [OUTBOX]: rows.map(({ id }) => id) });
    }

    async listHeld(id) {
        return (await list(OUTBOX, this.owner)).filter((row) => row.heldBy === id);
    }

    /** Return the photos that waited for row `id` as they wait to be sent again. */
    async letGo(id) {
        return (await this.listHeld(id)).map((row) => ({ ...row, heldBy: undefined, state: "waiting", error: "" }));
    }

    async retry(item) {
        await put(OUTBOX, { ...item, state: "waiting", error: "" });
        return this.flush();
    }

    /** Send `item` now, behind what stands before it; resolve with what became of it, or {state: "waiting"}. */
    async deliver(item) {
        this.loud.add(item.id);
        await this.flush();
        this.loud.delete(item.id);
        return this.results.get(item.id) || { state: "waiting", status: this.status };
    }

    flush() {
        this.running = this.running.then(() => this.run()).catch(() => {});
        return this.running;
    }

    async run() {
        if (!(await this.list()).length) {
            return this.setStatus("");
        }
        const session = await ping();
        this.setStatus(this.getProblem(session));
        const tried = new Set();
        const blocked = new Set(); // pages of which something could not be sent: what follows it waits
        while (!this.status) {
            const rows = await this.list();
            const ahead = this.isSlow && this.findAhead(rows, tried);
            const item = ahead || rows.find((row) => !tried.has(row.id));
            if (!item) {
                break;
            }
            if (ahead) {
                await this.sendAhead(item, session.csrf_token, tried);
                continue;
            }
            tried.add(item.id);
            if (item.state === "refused" || blocked.has(item.page)) {
                blocked.add(item.page);
                continue;
            }
            if (!(await this.sendOne(item, session.csrf_token))) {
                blocked.add(item.page);
            } else if (this.interrupted.delete(item.id)) {
                tried.delete(item.id);
            }
        }
    }

    /** Return the next photo of which a small picture may go ahead: nothing of its page but photos stands before it. */
    findAhead(rows, tried) {
        const held = new Set();
        return rows.find((row) => {
            if (row.kind !== "photo" || row.state === "refused") {
                held.add(row.page);
            }
            const isNext = mayGoSmall(row) || row.small?.state === "waiting";
            return isNext && !held.has(row.page) && !tried.has(row.id) && !tried.has(`small ${row.id}`);
        });
    }

    /** Send the small picture of a photo; the photo itself stays, with what became of it. */
    async sendAhead(item, token, tried) {
        tried.add(`small ${item.id}`);
        const small = item.small || (await makeSmall(item));
        await this.keepSmall(item, small);
        if (small.state !== "waiting") {
            return;
        }
        // never broken off: nobody could say then whether it is there
        const result = await send(getSmallItem({ ...item, small }), token, {
            quiet: true,
            onStart: () => {},
            onProgress: () => {},
        });
        if (["offline", "login"].includes(result.state)) {
            return this.setStatus(result.state);
        }
        if (result.state === "refused") {
            await this.keepSmall(item, { state: "none" }); // the photo itself will be told why
        } else if (result.state === "done") {
            const id = result.answer.files?.[0]?.id;
            const sent = await this.keepSmall(item, { state: "sent", id });
            if (sent) {
                this.tell("small", { item: sent, result });
            } else if (id) {
                await this.addRemoval(id, item.page);
            }
        }
    }

    /** Keep what became of the small picture of `item` and return the row; null if the photo was removed meanwhile. */
    keepSmall(item, small) {
        return this.update({ ...item, small });
    }

    /** Keep what became of `row` and return it; null if it was removed or taken back meanwhile. */
    async update(row) {
        if (!(await this.list()).some(({ id }) => id === row.id)) {
            return null;
        }
        await put(OUTBOX, row);
        this.tell("change");
        return row;
    }

    /** Have a photo that is on record taken away, `held` with it; return the row that waits to say so. */
    addRemoval(id, page, held = []) {
        const url = `/my/outsourcing/evidence/${id}/remove`;
        const entries = held.map(({ key }) => ["unwanted", key]); // broken off, it may arrive all the same
        return this.add({ kind: "form", url, removes: id, entries, label: _t("Remove this photo"), page }, held);
    }

    getProblem(session) {
        if (!session) {
            return "offline";
        }
        if (this.user && session.uid === this.user && (session.performer || "") !== this.performer) {
            return "performer";
        }
        if (!this.user || session.uid === this.user) {
            return "";
        }
        return session.uid ? "other" : "login";
    }

    /** Send one row; return whether what stands behind it on its page may go, too. */
    async sendOne(item, token) {
        const began = Date.now();
        this.original = item.small?.state === "sent" ? item.id : null;
        const result = await send(item, token, {
            quiet: !this.loud.has(item.id),
            onStart: (request) => this.requests.set(item.id, request),
            onProgress: (percent, loaded, total) => {
                this.tell("progress", { id: item.id, percent });
                this.watch(item, loaded, total, Date.now() - began);
            },
        });
        this.requests.delete(item.id);
        this.original = null;
        if (result.state === "cancelled") {
            this.tell("change"); // it begins again, or whoever took it back has said why
            return true;
        }
        if (["offline", "login"].includes(result.state)) {
            this.setStatus(result.state);
            return false;
        }
        if (result.state === "failed") {
            this.results.set(item.id, result);
            await this.update({ ...item, error: result.error });
            return false;
        }
        if (result.state === "done") {
            if (item.kind === "photo" && isFast(Date.now() - began)) {
                this.isSlow = false;
            }
            await this.finish(item, result.answer);
        } else if (result.state === "refused") {
            const photos = await this.letGo(item.id);
            await change({ [OUTBOX]: photos });
            await this.update({ ...item, state: "refused", error: result.error });
            if (photos.length) {
                this.flush(); // they stand before it
            }
        }
        this.results.set(item.id, result);
        this.tell(result.state, { item, result });
        this.tell("change");
        return result.state !== "refused";
    }

    /** Forget what is on record; where a form led to is kept until it is said: its page may be closed before. */
    async finish({ id, kind, label }, { url }) {
        const isSaid = kind === "form" && url && this.user;
        const sent = { id, owner: this.owner, state: "sent", acted: Date.now(), kind, label, url };
        const held = (await this.listHeld(id)).map((row) => row.id);
        await change({ [OUTBOX]: isSaid ? [sent] : [] }, { [OUTBOX]: isSaid ? held : [id, ...held] });
    }

    /** Judge the line by how far a photo got; break off for small pictures where it is too slow. */
    watch(item, loaded, total, spent) {
        const slow = isSlow(loaded, total, spent);
        if (slow === null) {
            return;
        }
        this.isSlow = slow;
        if (slow && mayGoSmall(item) && !this.interrupted.has(item.id)) {
            this.interrupted.add(item.id);
            this.requests.get(item.id)?.abort();
        }
    }

    setStatus(status) {
        if (this.status !== status) {
            this.status = status;
            this.tell("change");
        }
    }
}

export const outbox = new Outbox();
