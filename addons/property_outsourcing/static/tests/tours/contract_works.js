import { registry } from "@web/core/registry";

/** Choose a record by typing its name: one field and one click. */
const choose = (field, name) => [
    { content: `type ${name}`, trigger: `.o_field_widget[name=${field}] input`, run: `edit ${name}` },
    { trigger: `.ui-menu-item > a:contains("${name}")`, run: "click" },
];
const backToContract = { content: "back", trigger: ".o_breadcrumb .o_back_button, .breadcrumb-item.o_back_button", run: "click" };
const state = (label) => ({ trigger: `.o_statusbar_status .o_arrow_button_current:contains(${label})` });

async function uploadScan() {
    const input = document.querySelector(".o_field_widget[name=attachment_ids] input[type=file]");
    const transfer = new DataTransfer();
    transfer.items.add(new File(["%PDF-1.4"], "letter.pdf", { type: "application/pdf" }));
    input.files = transfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
}

const write = [
    { trigger: ".o_kanban_renderer" },
    { trigger: ".o-kanban-button-new", run: "click" },
    ...choose("service_type_id", "Facade"),
    { content: "its presets are there", trigger: ".o_field_widget[name=kind] input:value(Works)" },
    ...choose("contractor_id", "Steady Elevators"),
    ...choose("community_id", "Sunshine Garden"),
    { trigger: ".o_field_widget[name=date_start] button[data-field=date_start]", run: "click" },
    { trigger: ".o_field_widget[name=date_start] input[data-field=date_start]", run: "edit 01/01/2026" },
    { trigger: ".o_field_widget[name=date_start] input[data-field=date_end]", run: "edit 12/31/2026 && press Enter" },
    { trigger: ".o_field_widget[name=amount_total] input", run: "edit 200000 && press Tab" },
    { trigger: "button[name=action_submit]", run: "click" },
    { trigger: ".modal .o_outsourcing_missing a:contains(letter is missing)", run: "click" },
    { trigger: ".o_field_widget[name=date_end] input", run: "edit 12/31/2026 && press Tab" },
    { trigger: ".o_field_widget[name=attachment_ids] .o_attach", run: uploadScan },
    { trigger: ".o_field_widget[name=attachment_ids] .o_attachment:contains(letter.pdf)" },
    { trigger: ".o_form_button_save", run: "click" },
    { trigger: ".o_form_saved" },
    backToContract,
    { trigger: "button[name=action_submit]", run: "click" },
    state("To approve"),
];

const approve = [
    { content: "what is not verified yet", trigger: ".o_outsourcing_missing a:contains(Safety responsibility letter)", run: "click" },
    { trigger: "button[name=action_verify]", run: "click" },
    { trigger: "button[name=action_renew]" },
    backToContract,
    { trigger: "button[name=action_approve]", run: "click" },
    state("Running"),
];

/** A works contract takes fewer than 20 clicks and 20 fields, from nothing to active. */
function withinBudget(...jobs) {
    const steps = jobs.flat().filter((step) => step.run);
    const clicks = steps.filter((step) => step.run === "click").length;
    const fields = steps.length - clicks;
    if (clicks >= 20 || fields >= 20) {
        throw new Error(`${clicks} clicks and ${fields} fields`);
    }
}

registry.category("web_tour.tours").add("outsourcing_works_write", {
    steps: () => {
        withinBudget(write, approve);
        return write;
    },
});

registry.category("web_tour.tours").add("outsourcing_works_approve", { steps: () => approve });
