import { OUTBOX, list, put, remove } from "./store";
import { makeKey, ping, send } from "./send";

const EVERY = 30000;

/**
 * What was handed in and waits to be sent, in its order: one photo after another, then the form they belong to.
 *
 * Events: "change" (rows or `status`), "progress" with {id, percent}, "done" and "refused" with {item, result}.
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
    }

    /** Begin to send for whoever the page was drawn for; `user` is null where nobody has to be logged in. */
    start(owner, user, performer = "") {
        if (this.owner) {
            return;
        }
        Object.assign(this, { owner, user, performer });
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
            const item = (await this.list()).find((row) => !tried.has(row.id));
            if (!item) {
                break;
            }
            tried.add(item.id);
            if (item.state === "refused" || blocked.has(item.page)) {
                blocked.add(item.page);
                continue;
            }
            if (!(await this.sendOne(item, session.csrf_token))) {
                blocked.add(item.page);
            }
        }
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
        const result = await send(item, token, {
            quiet: !this.loud.has(item.id),
            onStart: (request) => this.requests.set(item.id, request),
            onProgress: (percent) => this.tell("progress", { id: item.id, percent }),
        });
        this.requests.delete(item.id);
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
            await remove(OUTBOX, item.id);
        } else if (result.state === "refused") {
            await put(OUTBOX, { ...item, state: "refused", error: result.error });
        }
        this.results.set(item.id, result);
        this.tell(result.state, { item, result });
        this.tell("change");
        return result.state !== "refused";
    }

    setStatus(status) {
        if (this.status !== status) {
            this.status = status;
            this.tell("change");
        }
    }
}

export const outbox = new Outbox();
