import { registry } from "@web/core/registry";
import { fitsTheScreen, takePhoto } from "./helpers";

const press = (trigger) => ({ trigger, run: "click", expectUnloadPage: true });
const done = { trigger: ".o_outsourcing_flash.alert-success" };

registry.category("web_tour.tours").add("outsourcing_portal_order", {
    steps: () => [
        fitsTheScreen,
        press("[data-card=orders]"),
        fitsTheScreen,
        press(".o_outsourcing_row"),
        fitsTheScreen,
        press("button[name=step][value=responded]"),
        done,
        press("button[name=step][value=arrived]"),
        done,
        { content: "The owner does not open", trigger: "summary:contains('I cannot go on')", run: "click" },
        { trigger: "#note", run: "edit Nobody opens" },
        fitsTheScreen,
        press("button:contains('Ask for a hold')"),
        done,
        { content: "The request waits for its answer", trigger: ".o_outsourcing_box:contains('Asked for')" },
        {
            content: "A photo of the work",
            trigger: ".o_outsourcing_upload_label",
            run: takePhoto(".o_outsourcing_upload_form:has([value=after]) .o_outsourcing_upload_input"),
        },
        { trigger: ".o_outsourcing_photo img" },
        { content: "What was done", trigger: "#outsourcing_remedy", run: "edit Roller replaced" },
        { trigger: "button[name=step][value=completed]", run: "click" },
        press(".modal-footer .btn-primary"),
        done,
        { content: "It could be taken back", trigger: ".o_outsourcing_take_back button" },
        { content: "Nothing is left to press", trigger: ".o_outsourcing:not(:has(button[name=step]))" },
        fitsTheScreen,
    ],
});
