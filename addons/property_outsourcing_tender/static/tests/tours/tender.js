import { registry } from "@web/core/registry";

/** Choose a record by typing its name. */
const choose = (field, name) => [
    { content: `type ${name}`, trigger: `.o_field_widget[name=${field}] input`, run: `edit ${name}` },
    { trigger: `.ui-menu-item > a:contains("${name}")`, run: "click" },
];
const press = (name) => ({ trigger: `button[name=${name}]`, run: "click" });
const confirmed = { trigger: ".modal-footer .btn-primary", run: "click" };
const became = (label) => ({ trigger: `.o_statusbar_status .o_arrow_button_current:contains(${label})` });

registry.category("web_tour.tours").add("outsourcing_tender_need", {
    steps: () => [
        { trigger: ".o-kanban-button-new", run: "click" },
        { trigger: ".o_field_widget[name=title] input", run: "edit Tender of the tour" },
        ...choose("service_type_id", "Elevator maintenance"),
        ...choose("community_ids", "Sunshine Garden"),
        { trigger: ".o_form_button_save", run: "click" },
        { content: "what is missing is said", trigger: ".o_field_widget[name=missing_points]" },
    ],
});

registry.category("web_tour.tours").add("outsourcing_tender_publish", {
    steps: () => [
        press("action_publish"),
        confirmed,
        became("Published"),
        { content: "sealed", trigger: ".alert:contains(Bids are sealed)" },
        { content: "and no bid to count", trigger: ".o_form_sheet:not(:has(button[name=action_view_bids]))" },
    ],
});

registry.category("web_tour.tours").add("outsourcing_tender_ready", {
    steps: () => [press("action_ready_to_open"), { trigger: ".alert:contains(is ready to open)" }],
});

registry.category("web_tour.tours").add("outsourcing_tender_open", {
    steps: () => [press("action_open"), confirmed, { trigger: "button[name=action_view_bids]:contains(3)" }],
});

registry.category("web_tour.tours").add("outsourcing_tender_award", {
    steps: () => [
        press("action_evaluate"),
        { content: "prices are open", trigger: "button[name=action_print_comparison]" },
        press("action_award"),
        confirmed,
        { content: "awarded", trigger: ".o_field_widget[name=amount_awarded]:contains(84,000.00)" },
    ],
});

registry.category("web_tour.tours").add("outsourcing_tender_declare", {
    steps: () => [
        press("action_declare_none"),
        confirmed,
        { content: "declared", trigger: ".o_form_statusbar:not(:has(button[name=action_declare_none]))" },
    ],
});

registry.category("web_tour.tours").add("outsourcing_tender_score", {
    steps: () => [
        { trigger: ".o_data_row td[name=value]", run: "click" },
        { trigger: ".o_data_row .o_field_widget[name=value] input", run: "edit 60" },
        { trigger: ".o_list_button_save", run: "click" },
        { content: "given", trigger: ".o_data_row td[name=is_given] input:checked" },
    ],
});

registry.category("web_tour.tours").add("outsourcing_tender_hand_in", {
    steps: () => [
        press("action_hand_in"),
        confirmed,
        { content: "handed in", trigger: ".o_form_statusbar:not(:has(button[name=action_hand_in]))" },
    ],
});

const types = (row, name, words) => [
    { trigger: `#opener_${row}`, run: `selectByLabel ${name}` },
    { trigger: `#passphrase_${row}`, run: `edit ${words}` },
];

registry.category("web_tour.tours").add("outsourcing_tender_keys", {
    steps: () => [
        { ...press("action_open_keys"), expectUnloadPage: true },
        ...types(1, "Wang Supervisor", "horse battery staple"),
        ...types(2, "Zhang Manager", "violet window corner"),
        { trigger: "form button.btn-primary", run: "click", expectUnloadPage: true },
        { content: "back on the tender", trigger: ".o_form_view:not(:has(button[name=action_open_keys]))" },
    ],
});

registry.category("web_tour.tours").add("outsourcing_tender_unlock", {
    steps: () => [
        { ...press("action_open_keys"), expectUnloadPage: true },
        ...types(1, "Wang Supervisor", "horse battery staple"),
        ...types(2, "Zhang Manager", "no such words at all"),
        { trigger: "form button.btn-primary", run: "click", expectUnloadPage: true },
        { trigger: ".alert-danger:contains(A passphrase is wrong)" },
        ...types(1, "Wang Supervisor", "horse battery staple"),
        ...types(2, "Zhang Manager", "violet window corner"),
        { trigger: "form button.btn-primary", run: "click", expectUnloadPage: true },
        { content: "the bids are open", trigger: "button[name=action_view_bids]:contains(3)" },
    ],
});
