import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

/** Ask before a step that cannot be taken back, and let nobody press a button twice. */
export class OutsourcingForm extends Interaction {
    static selector = ".o_outsourcing_form";
    dynamicContent = {
        ".o_outsourcing_confirm": { "t-on-click": this.onConfirm },
        _root: { "t-on-submit": this.onSubmit },
    };

    setup() {
        this.confirmed = false;
        this.sent = false;
    }

    onConfirm(ev) {
        if (this.confirmed) {
            return;
        }
        ev.preventDefault();
        const button = ev.currentTarget;
        this.services.dialog.add(ConfirmationDialog, {
            title: button.textContent.trim(),
            body: button.dataset.confirm,
            confirmLabel: _t("Yes"),
            cancelLabel: _t("No"),
            confirm: () => {
                this.confirmed = true;
                this.el.requestSubmit(button);
            },
            cancel: () => {},
        });
    }

    onSubmit(ev) {
        if (this.sent) {
            ev.preventDefault();
            return;
        }
        this.sent = true;
        // after the browser has collected the form, or the pressed button would not be sent
        setTimeout(() => {
            if (ev.defaultPrevented) {
                // another script refused it, such as an empty signature
                this.sent = this.confirmed = false;
                return;
            }
            for (const button of this.el.querySelectorAll("button[type=submit]")) {
                button.disabled = true;
            }
        });
    }
}

registry.category("public.interactions").add("property_outsourcing_portal.form", OutsourcingForm);
