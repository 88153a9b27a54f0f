import { registry } from "@web/core/registry";
import { fitsTheScreen } from "./helpers";

registry.category("web_tour.tours").add("outsourcing_portal_appeal", {
    steps: () => [
        { trigger: "[data-card=adjustments]", run: "click", expectUnloadPage: true },
        fitsTheScreen,
        { trigger: ".o_outsourcing_row", run: "click", expectUnloadPage: true },
        fitsTheScreen,
        { trigger: "textarea[name=reason]", run: "edit The gate was locked" },
        { trigger: ".o_outsourcing_appeal", run: "click", expectUnloadPage: true },
        { trigger: ".o_outsourcing_flash.alert-success" },
        { trigger: ".o_outsourcing_box:contains(The gate was locked)" },
    ],
});
