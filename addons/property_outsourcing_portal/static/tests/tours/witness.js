import { registry } from "@web/core/registry";
import { drawSignature, fitsTheScreen } from "./helpers";

registry.category("web_tour.tours").add("outsourcing_portal_witness", {
    steps: () => [
        { trigger: "[data-card=acceptances]", run: "click", expectUnloadPage: true },
        fitsTheScreen,
        { trigger: ".o_outsourcing_row", run: "click", expectUnloadPage: true },
        fitsTheScreen,
        { trigger: "label[for=sign_pass]", run: "click" },
        { content: "without a signature", trigger: ".o_outsourcing_sign", run: "click" },
        { trigger: ".o_outsourcing_signature_error:not(:empty)" },
        { trigger: ".o_outsourcing_signature_pad", run: drawSignature },
        { trigger: ".o_outsourcing_sign", run: "click", expectUnloadPage: true },
        { trigger: ".o_outsourcing_flash.alert-success" },
        { trigger: ".o_outsourcing_signature_image" },
    ],
});
