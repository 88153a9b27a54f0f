/**
 * The work of the next days as this phone keeps it to be read without signal: of one person only, who was here last. The
 * page without signal (static/worker/offline.js) reads it.
 */
const NAME = "outsourcing_work";
const FRESH = 5 * 60 * 1000;
let forgotten = 0; // how often, since this page was opened

function read() {
    try {
        return JSON.parse(localStorage.getItem(NAME)) || null;
    } catch {
        return null; // private mode
    }
}

/** Forget it: at log-out, and when somebody else is in. */
export function forgetWork() {
    forgotten += 1;
    try {
        localStorage.removeItem(NAME);
    } catch {
        // private mode keeps nothing
    }
}

/** Keep what waits for `owner` now, unless it was kept a moment ago. */
export async function keepWork(owner) {
    const kept = read();
    if (kept?.owner !== owner) {
        forgetWork();
    } else if (Date.now() - kept.date < FRESH) {
        return;
    }
    const before = forgotten;
    const response = await fetch("/my/outsourcing/work");
    if (response.ok && !response.redirected) {
        const { rows } = await response.json();
        if (forgotten === before) {
            // else somebody logs out while it was asked for
            localStorage.setItem(NAME, JSON.stringify({ owner, date: Date.now(), rows }));
        }
    }
}
