import { registry } from "@web/core/registry";
import { fitsTheScreen, signs } from "./helpers";

registry.category("web_tour.tours").add("outsourcing_portal_amendment", {
    steps: () => [
        { trigger: "[data-card=amendments]", run: "click", expectUnloadPage: true },
        fitsTheScreen,
        { trigger: ".o_outsourcing_row", run: "click", expectUnloadPage: true },
        { trigger: ".o_outsourcing_dl:contains(206,480.00)" },
        fitsTheScreen,
        ...signs,
        { trigger: ".o_outsourcing_signature_image" },
    ],
});
