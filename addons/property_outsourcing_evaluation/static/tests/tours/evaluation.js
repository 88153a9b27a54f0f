import { registry } from "@web/core/registry";
import { fitsTheScreen, takePhoto } from "@property_outsourcing_portal/../tests/tours/helpers";

const menu = (name) => ({
    trigger: `[data-menu-xmlid='property_outsourcing_evaluation.${name}']`,
    run: "click",
});
const press = (name) => ({ trigger: `button[name=${name}]`, run: "click" });
const became = (label) => ({ trigger: `.o_statusbar_status .o_arrow_button_current:contains(${label})` });
const row = (criterion) => `.o_field_widget[name=line_ids] .o_data_row:contains('${criterion}')`;

/** Give the points of a criterion and say why. */
const judge = (criterion, points, why) => [
    { trigger: `${row(criterion)} td[name=points]`, run: "click" },
    { trigger: ".o_selected_row .o_field_widget[name=points] input", run: `edit ${points}` },
    { trigger: ".o_selected_row .o_field_widget[name=note] input", run: `edit ${why}` },
];

registry.category("web_tour.tours").add("outsourcing_evaluation_run", {
    steps: () => [
        menu("outsourcing_evaluation_menu_root"),
        menu("outsourcing_evaluation_run_menu"),
        { content: "The last quarter is proposed", trigger: ".modal button[name=action_run]", run: "click" },
        { trigger: ".o_kanban_record:contains('Steady Elevators')", run: "click" },
        { content: "Facts are rated already", trigger: `${row("On time")} td[name=figure]:contains('8 / 10 = 80 %')` },
        { trigger: `${row("On time")} td[name=points]:contains(60)` },
        { content: "What is missing is said", trigger: ".o_field_widget[name=missing_points]:contains('On site')" },
        ...judge("On site", 80, "Signs missing twice"),
        press("action_publish"),
        became("Preview"),
        { trigger: ".o_field_widget[name=score]:contains('68.00')" },
        { trigger: ".alert-info:contains('may appeal until')" },
    ],
});

registry.category("web_tour.tours").add("outsourcing_evaluation_answer", {
    steps: () => [
        became("Appealed"),
        { trigger: ".o_field_widget[name=appeal_reason]:contains('The power was cut')" },
        { content: "The contractor's photo", trigger: ".o_field_widget[name=appeal_file_ids]:contains('photo.jpg')" },
        ...judge("On time", 100, "The power cut is proven"),
        press("action_answer"),
        { trigger: ".modal .o_field_widget[name=reason] textarea", run: "edit Granted: two orders do not count" },
        { trigger: ".modal button[name=action_confirm]", run: "click" },
        became("Final"),
        { trigger: ".o_field_widget[name=score]:contains('92.00')" },
    ],
});

registry.category("web_tour.tours").add("outsourcing_evaluation_appeal", {
    steps: () => [
        { trigger: "[data-card=evaluations]", run: "click", expectUnloadPage: true },
        fitsTheScreen,
        { trigger: ".o_outsourcing_row", run: "click", expectUnloadPage: true },
        fitsTheScreen,
        { content: "What was lost, and how to win it back", trigger: ".o_outsourcing_line:contains('From 90 on: 100 points')" },
        { trigger: ".o_outsourcing_line:contains('points lost 24')" },
        { trigger: ".o_outsourcing_line:contains('Signs missing twice')" },
        { content: "The records", trigger: ".o_outsourcing_source", run: "click", expectUnloadPage: true },
        { trigger: ".o_outsourcing_box:contains('8 / 10 = 80 %')" },
        fitsTheScreen,
        { trigger: ".o_outsourcing_back", run: "click", expectUnloadPage: true },
        { trigger: ".form-check:contains('On time') label", run: "click" },
        { trigger: "textarea[name=reason]", run: "edit The power was cut" },
        { content: "With a photo", trigger: "input[name=files]", run: takePhoto("input[name=files]") },
        { trigger: "form[action$='/appeal'] button[type=submit]", run: "click", expectUnloadPage: true },
        { trigger: ".o_outsourcing_flash.alert-success" },
        { trigger: ".o_outsourcing_box:contains('The power was cut')" },
        { trigger: ".o_outsourcing_box a:contains('photo.jpg')" },
        fitsTheScreen,
    ],
});

registry.category("web_tour.tours").add("outsourcing_evaluation_answered", {
    steps: () => [
        { content: "The answer, in full", trigger: ".o_outsourcing_box:contains('Granted: two orders do not count')" },
        { trigger: ".o_outsourcing_line:contains('Before the appeal: 60')" },
        { trigger: ".o_outsourcing_amount:contains(92)" },
        { content: "Nothing is left to appeal", trigger: ".o_outsourcing:not(:has(textarea[name=reason]))" },
        fitsTheScreen,
    ],
});
