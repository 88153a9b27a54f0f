import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

/** Copies text and link of a document, to be pasted into a group; over plain http as well. */
export class OutsourcingShare extends Interaction {
    static selector = ".o_outsourcing_share";
    dynamicContent = {
        ".o_outsourcing_share_copy": { "t-on-click": () => this.copy() },
    };

    async copy() {
        const area = this.el.querySelector(".o_outsourcing_share_text");
        area.select();
        area.setSelectionRange(0, area.value.length);
        let copied = false;
        try {
            await navigator.clipboard.writeText(area.value);
            copied = true;
        } catch {
            copied = document.execCommand("copy"); // without https there is no clipboard
        }
        this.el.querySelector(".o_outsourcing_share_done").textContent = copied
            ? _t("Copied. Paste it into the group.")
            : _t("Hold the text above and choose copy.");
    }
}

registry.category("public.interactions").add("property_outsourcing_portal.share", OutsourcingShare);
