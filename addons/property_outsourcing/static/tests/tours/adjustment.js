import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("outsourcing_adjustment_propose", {
    steps: () => [
        { content: "penalties of the contract", trigger: "button[name=action_view_adjustments]", run: "click" },
        { content: "new", trigger: ".o_list_button_add", run: "click" },
        { content: "its clauses", trigger: ".o_field_widget[name=rule_id] input", run: "edit without belt" },
        { trigger: ".ui-menu-item > a:contains(without belt)", run: "click" },
        { content: "the amount is shown at once", trigger: ".o_field_widget[name=amount]:contains(1,000.00)" },
        { content: "say how often", trigger: ".o_field_widget[name=quantity] input", run: "edit 2 && press Tab" },
        { content: "formula while typing", trigger: ".o_field_widget[name=formula]:contains(× 2 =)" },
        { trigger: ".o_field_widget[name=amount]:contains(2,000.00)" },
        { trigger: ".o_field_widget[name=reason] textarea", run: "edit Two people on the rope without belt" },
        { trigger: ".o_form_button_save", run: "click" },
        { content: "saved", trigger: ".o_field_widget[name=proposed_by_id]" },
        { content: "another person confirms", trigger: ".o_form_view:not(:has(button[name=action_confirm]))" },
    ],
});

registry.category("web_tour.tours").add("outsourcing_adjustment_confirm", {
    steps: () => [
        { trigger: ".o_field_widget[name=amount]:contains(2,000.00)" },
        { trigger: "button[name=action_confirm]", run: "click" },
        { trigger: ".o_statusbar_status .o_arrow_button_current:contains(Confirmed)" },
    ],
});
