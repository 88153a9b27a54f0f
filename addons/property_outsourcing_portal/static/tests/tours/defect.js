import { registry } from "@web/core/registry";
import { fitsTheScreen, takePhoto } from "./helpers";

registry.category("web_tour.tours").add("outsourcing_portal_defect", {
    steps: () => [
        { trigger: "[data-card=defects]", run: "click", expectUnloadPage: true },
        fitsTheScreen,
        { trigger: ".o_outsourcing_row", run: "click", expectUnloadPage: true },
        fitsTheScreen,
        { trigger: "textarea[name=note]", run: "edit New lamp" },
        { content: "without a photo", trigger: ".o_outsourcing_submit", run: "click" },
        { trigger: ".o_outsourcing_error" },
        {
            content: "what was typed is still there",
            trigger: ".o_outsourcing_rectify",
            run: () => {
                if (document.querySelector("textarea[name=note]").value !== "New lamp") {
                    throw new Error("The note is lost.");
                }
            },
        },
        { trigger: ".o_outsourcing_upload_label", run: takePhoto(".o_outsourcing_upload_input", "seagreen") },
        { trigger: ".o_outsourcing_upload .o_outsourcing_photo img" },
        { trigger: ".o_outsourcing_submit", run: "click", expectUnloadPage: true },
        { trigger: ".o_outsourcing_flash.alert-success" },
    ],
});
