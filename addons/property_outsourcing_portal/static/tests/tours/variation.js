import { registry } from "@web/core/registry";
import { drawSignature, fitsTheScreen, takePhoto } from "./helpers";

const shows = (selector, text) => ({
    content: `${selector} shows ${text}`,
    trigger: `${selector}:contains(${text})`,
});

registry.category("web_tour.tours").add("outsourcing_portal_variation", {
    steps: () => [
        { trigger: "a[href='/my/outsourcing/variations/new']", run: "click", expectUnloadPage: true },
        fitsTheScreen,
        { trigger: "input[name=title]", run: "edit Hollow tiles" },
        { trigger: "button[type=submit]:contains(Begin)", run: "click", expectUnloadPage: true },
        { trigger: ".o_outsourcing_variation" },
        fitsTheScreen,
        { trigger: "textarea[name=reason]", run: "edit Found on tapping" },
        {
            trigger: "label.o_outsourcing_upload_label:first",
            run: takePhoto(".o_outsourcing_upload_input", "sienna"),
        },
        { trigger: ".o_outsourcing_upload .o_outsourcing_photo img" },
        { trigger: ".o_outsourcing_quantity:first", run: "edit 36.5" },
        shows(".o_outsourcing_total", "6,570.00"),
        { content: "without a signature", trigger: ".o_outsourcing_sign", run: "click" },
        { trigger: ".o_outsourcing_signature_error:not(:empty)" },
        { trigger: ".o_outsourcing_save", run: "click", expectUnloadPage: true },
        { trigger: ".o_outsourcing_flash.alert-success" },
        shows(".o_outsourcing_total", "6,570.00"),
        { content: "changed and not saved", trigger: ".o_outsourcing_quantity:first", run: "edit 36" },
        shows(".o_outsourcing_total", "6,480.00"),
        { trigger: ".o_outsourcing_signature_pad", run: drawSignature },
        { trigger: ".o_outsourcing_sign", run: "click", expectUnloadPage: true },
        { trigger: ".o_outsourcing_flash.alert-success" },
        { trigger: "body:not(:has(.o_outsourcing_variation))" },
        fitsTheScreen,
    ],
});
