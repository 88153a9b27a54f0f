/**
 * Answers for the server where there is no signal: with a shell that holds nobody's data. The page of the shell adds what
 * the phone kept of the work of whoever was logged in last. Everything else goes to the server as ever.
 */
const CACHE = "outsourcing-shell-1";
const SHELL = "/my/outsourcing/offline";

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (ev) => {
    const drop = async () => {
        const names = (await caches.keys()).filter((name) => name.startsWith("outsourcing-") && name !== CACHE);
        await Promise.all(names.map((name) => caches.delete(name)));
        await self.clients.claim();
    };
    ev.waitUntil(drop());
});

/** The shell as the pages last put it here, in their language. */
async function getShell() {
    const cache = await caches.open(CACHE);
    return (await cache.match(SHELL)) || Response.error();
}

self.addEventListener("fetch", (ev) => {
    const { request } = ev;
    if (request.mode !== "navigate" || request.method !== "GET") {
        return;
    }
    ev.respondWith(fetch(request).catch(getShell));
});
