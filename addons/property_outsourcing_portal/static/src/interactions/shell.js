import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";
import { forgetWork, keepWork } from "../outbox/work";

const CACHE = "outsourcing-shell-1"; // as in worker.js
const SHELL = "/my/outsourcing/offline";
const DAY = 24 * 3600 * 1000;
const WORKER = "/my/outsourcing/worker.js";

/**
 * What opens without signal: the worker, its shell in the language of the page, and the work of the next days. Where there
 * is no worker (plain http), nothing of it is kept.
 */
export class OutsourcingShell extends Interaction {
    static selector = ".o_outsourcing[data-owner][data-user]";

    start() {
        if ("serviceWorker" in navigator && window.isSecureContext) {
            this.prepare().catch(() => {}); // tried again on the next page
        } else {
            forgetWork();
        }
    }

    async prepare() {
        // pages of another language lie outside of the scope without one
        const own = location.pathname.match(/^.*?\/my\/outsourcing/)[0];
        for (const scope of new Set(["/my/outsourcing", own])) {
            await navigator.serviceWorker.register(WORKER, { scope });
        }
        const lang = document.documentElement.lang.replace("-", "_");
        const cache = await caches.open(CACHE);
        const known = await cache.match(SHELL);
        const age = known && Date.now() - new Date(known.headers.get("Date"));
        if (known?.headers.get("Content-Language") !== lang || age > DAY) {
            const shell = await fetch(`${SHELL}?lang=${lang}`);
            if (shell.ok) {
                await cache.put(SHELL, shell);
            }
        }
        await keepWork(this.el.dataset.owner);
    }
}

registry.category("public.interactions").add("property_outsourcing_portal.shell", OutsourcingShell);
