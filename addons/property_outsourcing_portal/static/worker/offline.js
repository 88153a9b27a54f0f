/*
 * The page without signal: shows what the phone kept of today's work, and how much waits to be sent. It stands alone,
 * without Odoo's scripts, which may not be there.
 */
(() => {
    "use strict";
    const OLDEST = 3 * 24 * 3600 * 1000;
    const EVERY = 15000;
    const page = document.querySelector(".o_outsourcing_offline");

    const add = (parent, tag, text, className = "") => {
        const el = document.createElement(tag);
        el.textContent = text;
        el.className = className;
        parent.append(el);
        return el;
    };

    const open = () =>
        new Promise((resolve, reject) => {
            const request = indexedDB.open("outsourcing_portal");
            request.onupgradeneeded = () => request.transaction.abort(); // nothing was kept here
            request.onsuccess = () => resolve(request.result);
            request.onerror = () => reject(request.error);
        });

    const read = (database, store) =>
        new Promise((resolve, reject) => {
            const request = database.transaction(store).objectStore(store).getAll();
            request.onsuccess = () => resolve(request.result);
            request.onerror = () => reject(request.error);
        });

    const show = (kept, rows) => {
        const { lang } = document.documentElement;
        const when = new Date(kept.date).toLocaleString(lang.startsWith("zh") ? "sv-SE" : lang, {
            dateStyle: "short",
            timeStyle: "short",
        });
        page.querySelector(".o_offline_date").textContent = when;
        page.querySelector(".o_offline_kept").hidden = false;
        const list = page.querySelector(".o_offline_rows");
        for (const row of rows) {
            const box = add(list, "details", "", "row");
            const title = add(box, "summary", row.title);
            add(title, "div", [row.due, row.badge].filter(Boolean).join(" · "), "sub");
            add(box, "div", row.subtitle);
            add(box, "div", row.address);
            const items = add(box, "ol", "");
            row.items.forEach((item) => add(items, "li", item));
        }
    };

    const start = async () => {
        const kept = JSON.parse(localStorage.getItem("outsourcing_work"));
        if (!kept) {
            return; // nobody is logged in here
        }
        if (Date.now() - kept.date <= OLDEST) {
            show(kept, kept.rows);
        }
        const rows = (await read(await open(), "outbox")).filter((row) => row.owner === kept.owner);
        const waiting = rows.filter((row) => row.state !== "sent" && !row.heldBy); // as Outbox.list
        if (waiting.length) {
            page.querySelector(".o_offline_count").textContent = waiting.length;
            page.querySelector(".o_offline_waiting").hidden = false;
        }
    };

    page.querySelector(".o_offline_again").addEventListener("click", () => location.reload());
    window.addEventListener("online", () => location.reload());
    // a server that comes back, while the phone had a signal all the time, is told by nothing
    setInterval(() => {
        fetch("/web/health", { cache: "no-store" }).then((answer) => answer.ok && location.reload(), () => {});
    }, EVERY);
    start().catch(() => {});
})();
