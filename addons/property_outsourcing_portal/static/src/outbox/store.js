/**
 * What is kept on the phone: drafts and what waits to be sent, in IndexedDB. Every row names its owner, and only the
 * owner's rows are ever read. Where the browser keeps nothing (private mode, storage full) rows live as long as the
 * page, and `isKept` says so.
 */
const NAME = "outsourcing_portal";
const VERSION = 1; // rows of older versions stay readable: add stores and fields, never rename them
const PATIENCE = 3000;
export const DRAFTS = "drafts";
export const OUTBOX = "outbox";

const memory = { [DRAFTS]: new Map(), [OUTBOX]: new Map() };
let opening;
let kept = true;

/** Whether what was put so far outlives the page. */
export function isKept() {
    return kept;
}

function open() {
    opening ||= new Promise((resolve) => {
        let request;
        // some phones never answer: the page works online, and takes the store if it comes after all
        setTimeout(() => resolve(null), PATIENCE);
        try {
            request = indexedDB.open(NAME, VERSION);
        } catch {
            return resolve(null);
        }
        request.onupgradeneeded = () => {
            for (const store of [DRAFTS, OUTBOX]) {
                request.result.createObjectStore(store, { keyPath: "id" }).createIndex("owner", "owner");
            }
        };
        request.onsuccess = () => {
            // phones close it behind our back: whoever asks next opens it again
            request.result.onclose = () => (opening = undefined);
            opening = Promise.resolve(request.result);
            resolve(request.result);
        };
        request.onerror = request.onblocked = () => resolve(null);
    }).then((database) => {
        kept = Boolean(database) && !memory[DRAFTS].size && !memory[OUTBOX].size;
        return database;
    });
    return opening;
}

/** Run `act` on one store or several and return its result; undefined where the browser keeps nothing. */
async function run(stores, mode, act) {
    const database = await open();
    if (!database) {
        return undefined;
    }
    return new Promise((resolve, reject) => {
        const transaction = database.transaction(stores, mode);
        let request;
        transaction.oncomplete = () => resolve(request?.result);
        transaction.onerror = transaction.onabort = () => reject(transaction.error || request?.error);
        try {
            request = act(...[stores].flat().map((store) => transaction.objectStore(store)));
        } catch (error) {
            transaction.abort(); // nor is kept what was put before it
            reject(error);
        }
    });
}

/** Keep `row`, which has an `id` and an `owner`. */
export const put = (store, row) => change({ [store]: [row] });

/**
 * Keep and forget rows, all or none of it: a phone that dies has done neither half.
 *
 * @param {Object} puts rows to keep, by store
 * @param {Object} removes ids to forget, by store
 */
export async function change(puts, removes = {}) {
    const each = (rows, act) => Object.entries(rows).forEach(([store, list]) => list.forEach((row) => act(store, row)));
    each(removes, (store, id) => memory[store].delete(id));
    try {
        await run([DRAFTS, OUTBOX], "readwrite", (drafts, outbox) => {
            const stores = { [DRAFTS]: drafts, [OUTBOX]: outbox };
            each(puts, (store, row) => stores[store].put(row));
            each(removes, (store, id) => stores[store].delete(id));
        });
    } catch {
        kept = false; // storage full
    }
    each(puts, (store, row) => (kept ? memory[store].delete(row.id) : memory[store].set(row.id, row)));
}

export async function get(store, id) {
    const row = await run(store, "readonly", (rows) => rows.get(id)).catch(() => undefined);
    return memory[store].get(id) || row;
}

export async function remove(store, id) {
    memory[store].delete(id);
    await run(store, "readwrite", (rows) => rows.delete(id)).catch(() => {});
}

/** Delete the rows of all owners whose name begins with `prefix` that are older than the moment `before`. */
export async function forget(prefix, before) {
    for (const store of [DRAFTS, OUTBOX]) {
        await run(store, "readwrite", (rows) => {
            const request = rows.index("owner").openCursor(IDBKeyRange.bound(prefix, `${prefix}\uffff`));
            request.onsuccess = () => {
                const cursor = request.result;
                if (cursor) {
                    const { date, acted } = cursor.value;
                    if ((date || acted) < before) {
                        cursor.delete();
                    }
                    cursor.continue();
                }
            };
            return request;
        }).catch(() => {});
    }
}

/** Return the rows of `owner` in the order of their ids. */
export async function list(store, owner) {
    const found = await run(store, "readonly", (rows) => rows.index("owner").getAll(owner)).catch(() => []);
    const rows = new Map((found || []).map((row) => [row.id, row]));
    for (const row of memory[store].values()) {
        if (row.owner === owner) {
            rows.set(row.id, row);
        }
    }
    return [...rows.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
}
