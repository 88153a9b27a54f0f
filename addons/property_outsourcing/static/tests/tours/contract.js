import { registry } from "@web/core/registry";

/** Choose a record by typing its name. */
function choose(field, name) {
    return [
        { content: `type ${name}`, trigger: `.o_field_widget[name=${field}] input`, run: `edit ${name}` },
        { trigger: `.ui-menu-item > a:contains("${name}")`, run: "click" },
    ];
}

function openPage(name) {
    return { content: `page ${name}`, trigger: `.o_notebook .nav-link[name=${name}]`, run: "click" };
}

registry.category("web_tour.tours").add("outsourcing_contract_create", {
    steps: () => [
        { trigger: ".o_kanban_renderer" },
        { content: "new contract", trigger: ".o-kanban-button-new", run: "click" },
        { trigger: ".o_field_widget[name=title] input", run: "edit Elevators of the tour" },
        ...choose("service_type_id", "Elevator maintenance"),
        ...choose("contractor_id", "Steady Elevators"),
        ...choose("community_id", "Sunshine Garden"),
        { trigger: ".o_field_widget[name=date_start] button[data-field=date_start]", run: "click" },
        { trigger: ".o_field_widget[name=date_start] input[data-field=date_start]", run: "edit 01/01/2026" },
        { trigger: ".o_field_widget[name=date_start] input[data-field=date_end]", run: "edit 12/31/2026 && press Enter" },
        { content: "leave the date", trigger: ".o_field_widget[name=title] input", run: "click" },
        { content: "both days are kept", trigger: ".o_field_widget[name=date_start] button[data-field=date_end]" },
        { content: "the clauses came with the service type", ...openPage("clauses") },
        { trigger: ".o_field_widget[name=rule_ids] .o_data_row" },
        openPage("sla"),
        { trigger: ".o_field_widget[name=sla_ids] .o_data_row:contains(P0)" },
        { trigger: ".o_field_widget[name=standard_ids] .o_data_row" },
        openPage("documents"),
        { trigger: ".o_field_widget[name=required_document_type_ids] .o_tag:contains(licence)" },
        openPage("payment"),
        { trigger: ".o_field_widget[name=period_amount] input", run: "edit 12000" },
        { trigger: "button[name=action_generate_periods]", run: "click" },
        { content: "a row for each month", trigger: ".o_field_widget[name=milestone_count]:contains(12)" },
        { trigger: ".o_field_widget[name=amount_total] input:value(144,000.00)" },
        { trigger: "button[name=action_submit]", run: "click" },
        { content: "what is missing, with its link", trigger: ".modal .o_outsourcing_missing a:contains(letter is missing)", run: "click" },
        { trigger: ".o_field_widget[name=type_id]:has(input:value(Safety responsibility letter))" },
        { content: "for this contract", trigger: ".o_field_widget[name=contract_id]:has(input:value(Elevators of the tour))" },
    ],
});

registry.category("web_tour.tours").add("outsourcing_contract_author_cannot_approve", {
    steps: () => [
        { trigger: ".o_statusbar_status .o_arrow_button_current:contains(To approve)" },
        { content: "who is asked instead", trigger: ".alert:contains(asked) .o_field_widget[name=asked_names]:contains(Liu Manager)" },
        { content: "no button to press in vain", trigger: ".o_form_statusbar:not(:has(button[name=action_approve]))" },
    ],
});

registry.category("web_tour.tours").add("outsourcing_contract_approve_first", {
    steps: () => [
        { trigger: "button[name=action_approve]", run: "click" },
        { trigger: ".alert:contains(Waits for the second approval)" },
    ],
});

registry.category("web_tour.tours").add("outsourcing_contract_approve_second", {
    steps: () => [
        { trigger: "button[name=action_approve]", run: "click" },
        { trigger: ".o_statusbar_status .o_arrow_button_current:contains(Running)" },
        { content: "the work orders have their project", trigger: "button[name=action_view_tasks]" },
    ],
});

registry.category("web_tour.tours").add("outsourcing_contract_submit", {
    steps: () => [
        { trigger: ".o_form_view .o_arrow_button_current:contains(Draft)" },
        { content: "nothing is missing for the submission", trigger: ".o_outsourcing_missing:not(:contains(letter is missing))" },
        { trigger: "button[name=action_submit]", run: "click" },
        { trigger: ".o_statusbar_status .o_arrow_button_current:contains(To approve)" },
        { trigger: ".alert:contains(The amount needs two approvers)" },
    ],
});
