import { registry } from "@web/core/registry";
import { drawSignature, fitsTheScreen } from "./helpers";

registry.category("web_tour.tours").add("outsourcing_portal_amendment", {
    steps: () => [
        { trigger: "[data-card=amendments]", run: "click", expectUnloadPage: true },
        fitsTheScreen,
        { trigger: ".o_outsourcing_row", run: "click", expectUnloadPage: true },
        { trigger: ".o_outsourcing_dl:contains(206,480.00)" },
        fitsTheScreen,
        { content: "without a signature", trigger: ".o_outsourcing_sign", run: "click" },
        { trigger: ".o_outsourcing_signature_error:not(:empty)" },
        { trigger: ".o_outsourcing_signature_pad", run: drawSignature },
        { trigger: ".o_outsourcing_sign", run: "click", expectUnloadPage: true },
        { trigger: ".o_outsourcing_flash.alert-success" },
        { trigger: "body:not(:has(.o_outsourcing_sign_form))" },
        { trigger: ".o_outsourcing_signature_image" },
    ],
});
