import { registry } from "@web/core/registry";

const field = (name) => `.o_field_widget[name=${name}]`;

registry.category("web_tour.tours").add("outsourcing_complaint_desk", {
    steps: () => [
        { content: "Somebody calls", trigger: ".o-kanban-button-new, .o_list_button_add", run: "click" },
        { content: "What is wrong", trigger: `.o_form_view ${field("problem_id")} input`, run: "edit Lift does" },
        { trigger: `${field("problem_id")} .o-autocomplete--dropdown-item a:contains('Lift does not run')`, run: "click" },
        { content: "With which lift", trigger: `${field("equipment_id")} input`, run: "edit Elevator" },
        { trigger: `${field("equipment_id")} .o-autocomplete--dropdown-item a:contains('Elevator')`, run: "click" },
        { content: "The community follows", trigger: `${field("community_id")} input:not(:value(''))` },
        { content: "In the caller's words", trigger: `${field("description")} textarea`, run: "edit Dark and still" },
        { content: "Who calls", trigger: `${field("reporter_ids")} .o_field_x2many_list_row_add a`, run: "click" },
        { trigger: `.o_selected_row ${field("name")} input`, run: "edit Ms Wang" },
        { trigger: `.o_selected_row ${field("phone")} input`, run: "edit 13912345678" },
        { content: "Save", trigger: ".o_form_button_save", run: "click" },
        { content: "Take it up", trigger: ".o_form_saved button[name=action_accept]", run: "click" },
        { content: "Have it done", trigger: "button[name=action_dispatch]", run: "click" },
        { content: "The contract is found", trigger: ".modal .alert-info:contains('covers it')" },
        { trigger: ".modal button[name=action_confirm]", run: "click" },
        { content: "It has an order", trigger: ".oe_stat_button[name=action_view_order]" },
    ],
});

registry.category("web_tour.tours").add("outsourcing_complaint_desk_merge", {
    steps: () => [
        { content: "The same again", trigger: "button[name=action_merge]", run: "click" },
        { content: "What is open there is offered", trigger: `.modal ${field("target_id")} input:not(:value(''))` },
        { trigger: ".modal button[name=action_confirm]", run: "click" },
        { content: "Two people follow the one", trigger: ".oe_stat_button[name=action_view_reporters]:contains('2')" },
    ],
});
