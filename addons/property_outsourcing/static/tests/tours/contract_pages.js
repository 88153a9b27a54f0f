import { registry } from "@web/core/registry";

const openPage = (name) => ({
    content: `page ${name}`,
    trigger: `.o_notebook .nav-link[name=${name}]`,
    run: "click",
});
const rowOf = (field, text) => `.o_field_widget[name=${field}] .o_data_row:contains("${text}")`;
const save = [
    { trigger: ".o_form_button_save", run: "click" },
    { trigger: ".o_form_saved" },
];

registry.category("web_tour.tours").add("outsourcing_contract_pages", {
    steps: () => [
        { trigger: ".o_form_view .o_arrow_button_current:contains(Draft)" },
        openPage("sla"),
        {
            content: "the list's own order: by hours",
            trigger: ".o_field_widget[name=sla_ids] .o_data_row:first-child:contains(Response)",
        },
        openPage("clauses"),
        { content: "rows that came with the page", trigger: rowOf("rule_ids", "First clause") },
        { trigger: `${rowOf("rule_ids", "First clause")} [name=name]`, run: "click" },
        {
            trigger: ".o_field_widget[name=rule_ids] .o_selected_row [name=name] input",
            run: "edit Clause put right && press Tab",
        },
        ...save,
        { content: "still there after saving", trigger: rowOf("rule_ids", "Clause put right") },
        {
            content: "a list on a page that is closed follows",
            trigger: ".o_field_widget[name=amount_total] input",
            run: "edit 300000 && press Tab",
        },
        openPage("payment"),
        { trigger: rowOf("milestone_ids", "120,000.00") },
        { trigger: rowOf("milestone_ids", "90,000.00") },
        { content: "give the change up", trigger: ".o_form_button_cancel", run: "click" },
        { trigger: rowOf("milestone_ids", "80,000.00") },
        openPage("people"),
        { trigger: ".o_field_widget[name=duty_ids] .o_field_x2many_list_row_add a", run: "click" },
        {
            trigger: ".o_field_widget[name=duty_ids] .o_selected_row [name=name] input",
            run: "edit Keep the machine room clean",
        },
        {
            trigger: ".o_field_widget[name=duty_ids] .o_selected_row [name=text] textarea",
            run: "edit Nothing is stored in it.",
        },
        ...save,
        { trigger: rowOf("duty_ids", "Keep the machine room clean") },
    ],
});

registry.category("web_tour.tours").add("outsourcing_contract_pager", {
    steps: () => [
        { trigger: ".o_list_view .o_data_row:first-child .o_data_cell", run: "click" },
        { trigger: ".o_form_view .o_arrow_button_current:contains(Draft)" },
        openPage("clauses"),
        { trigger: rowOf("rule_ids", "First clause") },
        { trigger: ".o_form_view .o_pager_next", run: "click" },
        { trigger: ".o_form_view .o_pager_value:contains(2)" },
        { trigger: rowOf("rule_ids", "First clause") },
    ],
});

registry.category("web_tour.tours").add("outsourcing_contract_one_page", {
    steps: () => [
        { trigger: ".o_form_view .o_arrow_button_current:contains(Draft)" },
        openPage("clauses"),
        { trigger: rowOf("rule_ids", "First clause") },
    ],
});
