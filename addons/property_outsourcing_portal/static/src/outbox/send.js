import { _t } from "@web/core/l10n/translation";

const SECONDS = 1000;

/** A key nobody else makes; crypto.randomUUID is missing on plain http. */
export function makeKey() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Ask who is logged in: {uid, csrf_token}, or null without a connection. */
export async function ping() {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), 20 * SECONDS);
    try {
        const response = await fetch("/my/outsourcing/ping", {
            method: "POST",
            headers: { "Content-Type": "application/json" },
            body: JSON.stringify({ jsonrpc: "2.0", method: "call", params: {} }),
            signal: abort.signal,
        });
        return (await response.json()).result || null;
    } catch {
        return null;
    } finally {
        clearTimeout(timer);
    }
}

function prepare(item, token) {
    const data = new FormData();
    for (const [name, value] of item.entries) {
        if (value instanceof Blob) {
            data.append(name, value, value.name || "photo.jpg");
        } else {
            data.append(name, value);
        }
    }
    data.set("csrf_token", token);
    data.set("client_key", item.key);
    data.set("client_user", item.user || "");
    data.set("client_performer", item.performer || "");
    data.set("acted_at", item.acted);
    data.set("sent_at", Date.now());
    return data;
}

/**
 * Read what came back. Only our own JSON with the key is a success: a session that is over answers 200 with the page
 * to log in.
 */
function read(request, item) {
    let answer = null;
    try {
        answer = JSON.parse(request.responseText);
    } catch {
        // no JSON: judged by its status
    }
    const { status } = request;
    if (status === 200 && answer?.key === item.key) {
        return { state: "done", answer };
    }
    if (status === 401) {
        return { state: "login" };
    }
    if (status === 413) {
        return { state: "refused", error: answer?.error || _t("The file is too large.") };
    }
    if ([403, 404, 409, 422].includes(status)) {
        const error = answer?.error || _t("This is not open to you any more: it was finished, or belongs to others.");
        return { state: "refused", error, gaps: answer?.gaps, status };
    }
    return { state: "failed", error: _t("The server could not take it; it is kept and tried again.") };
}

/**
 * Send one item of the outbox. Resolves with {state}: "done" with `answer`, "refused" with `error`, "login",
 * "failed" (the server), "offline" or "cancelled"; never rejects.
 */
export function send(item, token, { onProgress, onStart, quiet }) {
    return new Promise((resolve) => {
        const request = new XMLHttpRequest();
        request.open("POST", item.url);
        request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
        if (quiet) {
            request.setRequestHeader("X-Outsourcing-Quiet", "1");
        }
        request.upload.addEventListener("progress", (ev) => {
            onProgress(ev.lengthComputable ? Math.round((100 * ev.loaded) / ev.total) : 50, ev.loaded, ev.total);
        });
        request.addEventListener("load", () => resolve(read(request, item)));
        request.addEventListener("error", () => resolve({ state: "offline" }));
        request.addEventListener("timeout", () => resolve({ state: "offline" }));
        request.addEventListener("abort", () => resolve({ state: "cancelled" }));
        request.timeout = 600 * SECONDS;
        onStart?.(request);
        request.send(prepare(item, token));
    });
}

/** Log in again as `login` without leaving the page; return whether it is the same person now. */
export async function logIn(login, password, user) {
    const session = await ping();
    if (!session) {
        return { error: _t("There is no connection.") };
    }
    const data = new URLSearchParams({ login, password, csrf_token: session.csrf_token, redirect: "/my/outsourcing/outbox" });
    await fetch("/web/login", { method: "POST", body: data }).catch(() => {});
    const after = await ping();
    return after?.uid === user ? {} : { error: _t("The password is not right, or the login asks for more.") };
}
