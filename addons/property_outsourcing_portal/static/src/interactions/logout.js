import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";
import { listDrafts } from "../outbox/drafts";
import { outbox } from "../outbox/outbox";
import { DRAFTS, remove } from "../outbox/store";
import { forgetWork } from "../outbox/work";

/** Nobody leaves a shared phone with something unsent unasked: send it, keep it for the next login, or delete it. */
export class OutsourcingLogout extends Interaction {
    static selector = "#wrapwrap";
    dynamicContent = {
        "a[href*='/web/session/logout']": { "t-on-click": this.onClick },
    };

    async onClick(ev) {
        const link = ev.currentTarget;
        if (!this.el.querySelector(".o_outsourcing[data-owner]")) {
            return;
        }
        ev.preventDefault();
        forgetWork();
        const [items, drafts] = await this.waitFor(Promise.all([outbox.list(), listDrafts()]));
        if (!items.length && !drafts.length) {
            return location.assign(link.href);
        }
        this.ask(link.href, items, drafts);
    }

    ask(href, items, drafts) {
        this.box?.remove();
        this.box = document.createElement("div");
        this.box.className = "alert alert-warning o_outsourcing_leaving d-grid gap-2";
        this.box.setAttribute("role", "alertdialog");
        const text = document.createElement("p");
        text.className = "mb-1";
        text.textContent = _t("On this phone %(items)s wait to be sent and %(drafts)s are not finished.", {
            items: items.length,
            drafts: drafts.length,
        });
        this.box.append(text);
        const leave = () => location.assign(href);
        this.addChoice(_t("Send, then log out"), "btn-primary", async () => {
            outbox.leaving = this.sendAll();
            if (await outbox.leaving) {
                leave();
            } else {
                text.textContent = _t("Not everything could be sent. Keep the rest on this phone, or delete it.");
            }
        });
        this.addChoice(_t("Keep it for my next login"), "btn-outline-primary", leave);
        this.addChoice(_t("Delete it and log out"), "btn-outline-danger", async () => {
            await Promise.all([outbox.clear(), ...drafts.map((draft) => remove(DRAFTS, draft.id))]);
            leave();
        });
        const head = this.el.querySelector(".o_outsourcing_who");
        head.after(this.box);
        this.box.scrollIntoView({ block: "center" });
    }

    /** Return whether nothing is left to be sent. */
    async sendAll() {
        await outbox.flush();
        return !(await outbox.list()).length;
    }

    addChoice(text, className, onClick) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = `btn o_outsourcing_btn ${className}`;
        button.textContent = text;
        button.addEventListener("click", onClick);
        this.box.append(button);
    }
}

registry.category("public.interactions").add("property_outsourcing_portal.logout", OutsourcingLogout);
