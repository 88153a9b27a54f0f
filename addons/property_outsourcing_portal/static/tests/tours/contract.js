import { registry } from "@web/core/registry";
import { fitsTheScreen, signs } from "./helpers";

registry.category("web_tour.tours").add("outsourcing_portal_contract", {
    steps: () => [
        { trigger: ".o_outsourcing_sign_form" },
        fitsTheScreen,
        ...signs,
    ],
});
