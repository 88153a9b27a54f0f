import { _t } from "@web/core/l10n/translation";
import { OUTBOX, list, put, remove } from "./store";
import { makeKey, ping, send } from "./send";
import { getSmallItem, isFast, isSlow, makeSmall, mayGoSmall } from "./small";

const EVERY = 30000;

/**
 * What was handed in and waits to be sent, in its order: one photo after another, then the form they belong to. On a
 * slow line a small picture of each photo goes ahead; the originals follow, and the form waits for them.
 *
 * Events: "change" (rows or `status`), "progress" with {id, percent}, "done", "refused" and "small" (a small picture
 * is there) with {item, result}.
 * `status` says what is in the way: "" (nothing), "offline", "login" (session over), "other" (somebody else is in),
 * "performer" (the login is the same, another colleague works with it).
 */
class Outbox extends EventTarget {
    constructor() {
        super();
        this.owner = null;
        this.status = "";
        this.loud = new Set(); // a page waits for the answer of these
        this.running = Promise.resolve();
        this.results = new Map();
        this.requests = new Map();
        this.isSlow = false;
        this.original = null; // the row whose original is on its way though its small picture is there
        this.interrupted = new Set();
    }

    /** Begin to send for whoever the page was drawn for; `user` is null where nobody has to be logged in. */
    start(owner, user, performer = "") {
        if (this.owner) {
            return;
        }
        Object.assign(this, { owner, user, performer });
        this.isSlow = /2g/.test(navigator.connection?.effectiveType || "");
        window.addEventListener("online", () => this.flush());
        window.addEventListener("focus", () => this.flush());
        document.addEventListener("visibilitychange", () => !document.hidden && this.flush());
        setInterval(() => this.flush(), EVERY);
        this.flush();
    }

    tell(type, detail) {
        this.dispatchEvent(new CustomEvent(type, { detail }));
    }

    list() {
        return list(OUTBOX, this.owner);
    }

    /**
     * Keep something to be sent.
     *
     * @param {Object} vals `url` it is posted to, `entries` of the form as [name, value], `kind` ("form" or "photo"),
     *      `label` people know it by, `page` it was written on; `key` and `acted` (when it was done) if known
     */
    async add(vals) {
        const { owner, user, performer } = this;
        const id = `${Date.now().toString().padStart(15, "0")}-${makeKey().slice(0, 8)}`;
        const item = { key: makeKey(), acted: Date.now(), state: "waiting", error: "", ...vals, id, owner, user, performer };
        await put(OUTBOX, item);
        this.tell("change");
        if (this.original && this.isSlow && mayGoSmall(item)) {
            this.interrupted.add(this.original); // begun again when the small pictures are there
            this.requests.get(this.original)?.abort();
        }
        return item;
    }

    async remove(id) {
        this.requests.get(id)?.abort();
        await remove(OUTBOX, id);
        this.tell("change");
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
    async keepSmall(item, small) {
        const row = { ...item, small };
        if (!(await this.list()).some(({ id }) => id === item.id)) {
            return null;
        }
        await put(OUTBOX, row);
        this.tell("change");
        return row;
    }

    /** Have a photo that is on record taken away; return the row that waits to say so. */
    addRemoval(id, page) {
        const url = `/my/outsourcing/evidence/${id}/remove`;
        return this.add({ kind: "form", url, entries: [], label: _t("Remove this photo"), page });
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
        if (this.interrupted.has(item.id) && result.state === "cancelled") {
            return true;
        }
        if (["offline", "login"].includes(result.state)) {
            this.setStatus(result.state);
            return false;
        }
        if (result.state === "failed") {
            await put(OUTBOX, { ...item, error: result.error });
            this.results.set(item.id, result);
            this.tell("change");
            return false;
        }
        if (result.state === "done") {
            if (item.kind === "photo" && isFast(Date.now() - began)) {
                this.isSlow = false;
            }
            await remove(OUTBOX, item.id);
        } else if (result.state === "refused") {
            await put(OUTBOX, { ...item, state: "refused", error: result.error });
        }
        this.results.set(item.id, result);
        this.tell(result.state, { item, result });
        this.tell("change");
        return result.state !== "refused";
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
