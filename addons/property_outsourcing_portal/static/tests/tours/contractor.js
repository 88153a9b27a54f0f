import { registry } from "@web/core/registry";
import { fitsTheScreen, takePhoto } from "./helpers";

const FIRST = ".o_outsourcing_item:eq(0)";
const SECOND = ".o_outsourcing_item:eq(1)";

registry.category("web_tour.tours").add("outsourcing_portal_contractor", {
    steps: () => [
        fitsTheScreen,
        { trigger: "[data-card=inspections]", run: "click", expectUnloadPage: true },
        fitsTheScreen,
        { trigger: ".o_outsourcing_row", run: "click", expectUnloadPage: true },
        fitsTheScreen,
        { trigger: ".o_outsourcing_start", run: "click", expectUnloadPage: true },
        fitsTheScreen,
        { trigger: `${FIRST} label.btn-outline-danger`, run: "click" },
        { trigger: `${FIRST} .o_outsourcing_item_status.text-success` },
        { trigger: `${FIRST} .o_outsourcing_note`, run: "edit Left door rubs && click .o_outsourcing_title" },
        { trigger: `${FIRST} .o_outsourcing_upload_label`, run: takePhoto(".o_outsourcing_upload_input") },
        { trigger: `${FIRST} .o_outsourcing_photo img` },
        { content: "6 mm is below the limit", trigger: `${SECOND} .o_outsourcing_value`, run: "edit 6 && click .o_outsourcing_title" },
        { trigger: `${SECOND}:has(.o_outsourcing_result[value=fail]:checked)` },
        { trigger: `${SECOND} .o_outsourcing_value`, run: "edit 7.5 && click .o_outsourcing_title" },
        { trigger: `${SECOND}:has(.o_outsourcing_result[value=pass]:checked)` },
        { trigger: ".o_outsourcing_answered:contains(2)" },
        { trigger: ".o_outsourcing_submit", run: "click" },
        { trigger: ".modal .btn-primary", run: "click", expectUnloadPage: true },
        { trigger: ".o_outsourcing_flash.alert-success" },
        { trigger: ".o_outsourcing_item_read" },
    ],
});
