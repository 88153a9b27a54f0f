import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";
import { _t } from "@web/core/l10n/translation";

/** Tells whoever reads a meter how. */
export class Meter extends Interaction {
    static selector = ".o_extension_meter";

    setup() {
        this.el.title = _t("Read the meter twice.");
    }
}

registry.category("public.interactions").add("test_outsourcing_extension.meter", Meter);
