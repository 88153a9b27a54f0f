import { registry } from "@web/core/registry";

const current = (label) => `.o_statusbar_status .o_arrow_button_current:contains('${label}')`;

registry.category("web_tour.tours").add("outsourcing_manager", {
    steps: () => [
        { content: "Open the proposed deduction", trigger: ".o_data_row td[name=name]", run: "click" },
        { content: "Its formula is shown", trigger: ".o_form_view h3:contains('5%')" },
        { content: "Confirm it", trigger: "button[name=action_confirm]", run: "click" },
        { trigger: current("Confirmed") },
        { content: "Go back to the facts behind it", trigger: ".oe_stat_button[name=action_open_source]", run: "click" },
        { trigger: ".o_list_view .o_data_row:contains('Inspection missed')" },
        { content: "Open the inspection", trigger: ".o_data_row button[name=action_open_source]:first", run: "click" },
        { trigger: current("Missed") },
    ],
});

registry.category("web_tour.tours").add("outsourcing_supervisor", {
    steps: () => [
        { content: "Open the defect", trigger: ".o_kanban_record:not(.o_kanban_ghost):first", run: "click" },
        { content: "Dispatch it", trigger: "button[name=action_assign]", run: "click" },
        { trigger: current("Assigned") },
        { content: "See the inspection that found it", trigger: ".o_form_view .o_field_widget[name=contract_id]" },
    ],
});

registry.category("web_tour.tours").add("outsourcing_finance", {
    steps: () => [
        { content: "Open the settlement", trigger: ".o_data_row td[name=name], .o_kanban_record:not(.o_kanban_ghost):first", run: "click" },
        { trigger: ".o_form_view:contains('11,400.00')" },
        { content: "Approve it", trigger: "button[name=action_approve]", run: "click" },
        { content: "Who approves does not bill", trigger: ".o_form_view .alert:contains('Another person of finance')" },
        { trigger: current("To bill") },
    ],
});

registry.category("web_tour.tours").add("outsourcing_finance_bill", {
    steps: () => [
        { content: "Open the settlement", trigger: ".o_data_row td[name=name], .o_kanban_record:not(.o_kanban_ghost):first", run: "click" },
        { content: "Create the vendor bill", trigger: "button[name=action_create_bill]", run: "click" },
        { content: "It is an ordinary bill", trigger: ".o_form_view:contains('Vendor Bill'), .o_form_view .o_field_widget[name=invoice_line_ids]" },
        { content: "Back to the settlement", trigger: "button[name=action_view_outsourcing_settlement]", run: "click" },
        { trigger: current("Billed") },
    ],
});

registry.category("web_tour.tours").add("outsourcing_manager_phone", {
    steps: () => [
        { content: "Open the contract", trigger: ".o_kanban_record:not(.o_kanban_ghost):first", run: "click" },
        { trigger: ".o_form_view .o_field_widget[name=title]" },
        { content: "Its payment rows", trigger: ".nav-link[name=payment]", run: "click" },
        { trigger: ".o_field_widget[name=milestone_ids] :contains('12,000.00')" },
    ],
});
