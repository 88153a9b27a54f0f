import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";
import { forgetDraftKey, getPath, makeDraft } from "../outbox/drafts";
import { forgetKey } from "../outbox/keys";
import { outbox } from "../outbox/outbox";
import { logIn } from "../outbox/send";
import { GUEST, getOwner } from "../outbox/owner";
import { forget, isKept } from "../outbox/store";
import { make } from "../outbox/tile";

const DAY = 24 * 3600 * 1000;
const READ_AFTER = 2000; // milliseconds a page stays before what it says counts as read
const GUEST_DAYS = 3; // what a visit without login has left behind

/**
 * What waits to be sent, on every page: a bar that opens into the list, where each row is opened, tried again or
 * deleted; the same list on the page of the outbox. Where the session is over, it asks for the password and goes on.
 * A page without a login has an owner, such as "guest", but no user.
 */
export class OutsourcingWaiting extends Interaction {
    static selector = ".o_outsourcing[data-owner]";

    setup() {
        this.tiles = new Map();
        this.said = new Set();
    }

    start() {
        const { owner, user, performer } = this.el.dataset;
        this.isGuest = owner === GUEST;
        this.el.querySelector(".o_outsourcing_slow")?.remove();
        forget(GUEST, Date.now() - GUEST_DAYS * DAY);
        this.owner = getOwner();
        outbox.start(this.owner, Number(user) || null, performer);
        this.page = this.el.querySelector(".o_outsourcing_waiting_list");
        this.build();
        this.addListener(outbox, "change", () => this.refresh());
        this.addListener(outbox, "done", ({ detail }) => this.onDone(detail));
        this.addListener(outbox, "progress", ({ detail }) => this.tiles.get(detail.id)?.setPercent(detail.percent));
        this.addListener(document, "visibilitychange", () => this.tellSent());
        this.refresh();
        this.tellSent();
    }

    onDone({ item, result }) {
        const { url } = result.answer;
        if (item.kind !== "form" || !url) {
            return;
        }
        if (item.formId && getPath(url) === getPath(item.page)) {
            // the page goes on; whoever begins a document twice is told by its key
            if (item.page === location.pathname) {
                forgetKey(item.step);
            }
            forgetDraftKey(item.formId, item.step);
        }
        if (this.isGuest) {
            this.showSent([{ label: item.label, url }]); // the next visitor of the phone reads nothing of it
        } else {
            this.tellSent();
        }
    }

    /** A form that is on record is said, whatever became of the page it was written on; to nobody on a hidden page. */
    async tellSent() {
        if (document.hidden) {
            return;
        }
        const rows = await this.waitFor(outbox.listSent());
        const news = this.showSent(rows);
        outbox.forgetSent(rows.filter((row) => !news.includes(row)));
        if (news.length) {
            this.waitForTimeout(() => outbox.forgetSent(news), READ_AFTER);
        }
    }

    /** Show what the page itself does not show; return it. */
    showSent(rows) {
        const news = rows.filter(({ url }) => getPath(url) !== getPath(location));
        for (const row of news.filter(({ id }) => !id || !this.said.has(id))) {
            this.said.add(row.id);
            this.bar.before(this.makeSentBox(row));
        }
        return news;
    }

    makeSentBox({ label, url }) {
        const box = document.createElement("div");
        box.className = "o_outsourcing_sent alert alert-success";
        box.setAttribute("role", "status");
        const link = document.createElement("a");
        link.href = url;
        link.className = "o_outsourcing_btn";
        link.textContent = _t("Look at it");
        box.append(_t("Sent: %s", label), " ", link);
        return box;
    }

    build() {
        this.bar = document.createElement("details");
        this.bar.className = "o_outsourcing_waiting alert alert-warning d-none";
        this.bar.setAttribute("role", "status");
        this.title = document.createElement("summary");
        this.rows = document.createElement("div");
        this.bar.append(this.title, this.rows);
        this.loginBox = this.makeLoginBox();
        const head = this.el.querySelector(".o_outsourcing_who") || this.el.querySelector(".o_outsourcing_title");
        head.after(this.loginBox, this.bar);
        if (this.page) {
            this.bar.open = true;
            this.page.append(this.rows);
        }
    }

    async refresh() {
        const items = await this.waitFor(outbox.list());
        this.bar.dataset.count = items.length;
        this.bar.classList.toggle("d-none", !items.length && isKept());
        const refused = items.filter((item) => item.state === "refused");
        this.bar.classList.toggle("alert-danger", refused.length > 0);
        this.bar.classList.toggle("alert-warning", !refused.length);
        this.title.textContent = this.getTitle(items.length - refused.length, refused.length);
        this.el.querySelector(".o_outsourcing_waiting_none")?.classList.toggle("d-none", items.length > 0);
        this.loginBox.classList.toggle("d-none", outbox.status !== "login");
        for (const [id, tile] of this.tiles) {
            if (!items.some((item) => item.id === id)) {
                tile.remove();
                this.tiles.delete(id);
            }
        }
        for (const item of items) {
            if (!this.tiles.has(item.id)) {
                const tile = make(item, {
                    onOpen: (row) => this.open(row),
                    onRetry: (row) => outbox.retry(row),
                    onRemove: (row) => this.drop(row),
                });
                this.tiles.set(item.id, tile);
                this.rows.append(tile.el);
            }
            this.tiles.get(item.id).show(item, outbox.status);
        }
    }

    getTitle(waiting, refused) {
        const texts = [
            refused && _t("%s not accepted: open and mend it", refused),
            waiting && _t("%s waiting to be sent", waiting),
            waiting && this.isGuest && _t("Keep this page open until it is sent."),
            !isKept() && _t("This browser keeps nothing on the phone: stay on the page until what you send is there."),
        ];
        return texts.filter(Boolean).join(" · ");
    }

    drop(item) {
        // plain on purpose: works where no more scripts can be loaded
        const text =
            item.small?.state === "sent"
                ? _t("Delete it from this phone? Only a small picture of it was sent.")
                : _t("Delete it from this phone? It was not sent.");
        if (window.confirm(text)) {
            outbox.remove(item.id);
        }
    }

    /** Show a photo, or put a form back on its page as it was typed, with its key: it cannot be recorded twice. */
    async open(item) {
        if (item.kind === "photo") {
            const file = item.entries.find(([name]) => name === "files")[1];
            window.open(URL.createObjectURL(file), "_blank");
            return;
        }
        const { entries, step, key, formId } = item;
        const names = [...new Set(entries.map(([name]) => name))];
        await outbox.remove(item.id, formId ? [makeDraft(formId, { names, entries, keys: { [step]: key } })] : []);
        location.assign(item.page);
    }

    makeLoginBox() {
        const box = document.createElement("form");
        box.className = "o_outsourcing_login_again alert alert-danger d-none";
        const text = document.createElement("p");
        text.textContent = _t("You are logged out. Enter your password: what you typed goes on from here.");
        const password = document.createElement("input");
        Object.assign(password, { type: "password", autocomplete: "current-password", required: true });
        password.className = "form-control o_outsourcing_input mb-2";
        password.setAttribute("aria-label", _t("Password"));
        const button = document.createElement("button");
        button.className = "btn btn-primary o_outsourcing_btn w-100";
        button.textContent = _t("Log in and go on");
        const error = document.createElement("div");
        error.setAttribute("role", "alert");
        const link = document.createElement("a");
        link.href = `/web/login?redirect=${encodeURIComponent(location.pathname)}`;
        link.textContent = _t("Log in on a page of its own");
        link.className = "o_outsourcing_btn";
        box.append(text, password, button, error, link);
        box.addEventListener("submit", async (ev) => {
            ev.preventDefault();
            button.disabled = true;
            const { login, user } = this.el.dataset;
            const result = await logIn(login, password.value, Number(user));
            button.disabled = false;
            error.textContent = result.error || "";
            if (!result.error) {
                password.value = "";
                outbox.flush();
            }
        });
        return box;
    }
}

registry.category("public.interactions").add("property_outsourcing_portal.waiting", OutsourcingWaiting);
