import { registry } from "@web/core/registry";

const CONTRACT = ".o_field_widget[name=outsourcing_contract_id]";

const newOrder = [
    { content: "The board has no hidden shortcut", trigger: ".o_kanban_view:not(:has(.o_kanban_quick_add))" },
    { content: "A new order", trigger: ".o-kanban-button-new", run: "click" },
    { content: "What is wrong", trigger: ".o_field_widget[name=name] textarea", run: "edit Door does not close" },
    { content: "Which contract", trigger: `${CONTRACT} input`, run: "edit Elevator" },
    { trigger: `${CONTRACT} .o-autocomplete--dropdown-item a:contains('WB-')`, run: "click" },
    { content: "Its community and contractor follow", trigger: ".o_field_widget[name=outsourcing_community_id] input:value(Hexie)" },
];

registry.category("web_tour.tours").add("outsourcing_dispatch", {
    steps: () => [
        ...newOrder,
        { content: "Save", trigger: ".o_form_button_save", run: "click" },
        { content: "The clock runs", trigger: ".o_form_saved .o_field_widget[name=outsourcing_sla_state]:contains('On time')" },
        { trigger: ".o_statusbar_status .o_arrow_button_current:contains('Dispatched')" },
    ],
});

registry.category("web_tour.tours").add("outsourcing_dispatch_refused", {
    steps: () => [
        ...newOrder,
        { content: "It is said before anything is saved", trigger: ".alert-danger:contains('Nothing can be dispatched'):contains('expired')" },
        { content: "Save all the same", trigger: ".o_form_button_save", run: "click" },
        { content: "The documents are named", trigger: ".modal-body:contains('cannot be dispatched to'):contains('expired')" },
        { trigger: ".modal-footer .btn-primary", run: "click" },
        { content: "Give up", trigger: ".o_form_button_cancel", run: "click" },
        { trigger: ".o_kanban_view" },
    ],
});

registry.category("web_tour.tours").add("outsourcing_dispatch_override", {
    steps: () => [
        { trigger: ".alert-warning:contains('Nothing can be dispatched')" },
        { content: "Take it upon oneself", trigger: "button[name=action_override_dispatch]", run: "click" },
        { content: "Not without a reason", trigger: ".modal .o_form_button_save", run: "click" },
        { trigger: ".modal .o_field_invalid[name=reason]" },
        { trigger: ".modal .o_field_widget[name=reason] textarea", run: "edit People in the lift" },
        { trigger: ".modal .o_form_button_save", run: "click" },
        { content: "Dispatch is open", trigger: ".o_form_view:not(:has(button[name=action_override_dispatch]))" },
        { content: "It is on record", trigger: ".o-mail-Message:contains('People in the lift')" },
    ],
});
