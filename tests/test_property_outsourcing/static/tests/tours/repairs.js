import { fitsTheScreen, takePhoto } from "@property_outsourcing_portal/../tests/tours/helpers";
import { registry } from "@web/core/registry";

const current = (label) => `.o_statusbar_status .o_arrow_button_current:contains('${label}')`;
const confirm = { trigger: ".modal .btn-primary", run: "click" };

registry.category("web_tour.tours").add("outsourcing_repairs_report", {
    steps: () => [
        { trigger: "[data-card=orders]", run: "click", expectUnloadPage: true },
        { trigger: ".o_outsourcing_row", run: "click", expectUnloadPage: true },
        fitsTheScreen,
        { content: "The agreed price is shown", trigger: ".o_outsourcing_quantities:contains('185.00')" },
        {
            content: "A photo of the finished work",
            trigger: "form:has(input[name=phase][value=after]) .o_outsourcing_upload_label",
            run: takePhoto("form:has(input[name=phase][value=after]) .o_outsourcing_upload_input"),
        },
        { trigger: "form:has(input[name=phase][value=after]) .o_outsourcing_photo img" },
        { trigger: ".o_outsourcing_measure input[name^=qty_]", run: "edit 2" },
        { trigger: ".o_outsourcing_measure button[type=submit]", run: "click" },
        { ...confirm, expectUnloadPage: true },
        { trigger: ".o_outsourcing_flash.alert-success" },
        { content: "Until when it is answered", trigger: ".o_outsourcing_answer_due" },
        fitsTheScreen,
    ],
});

registry.category("web_tour.tours").add("outsourcing_repairs_accept", {
    steps: () => [
        { content: "What was done", trigger: ".nav-link[name=outsourcing_quantities]", run: "click" },
        { trigger: ".o_field_widget[name=outsourcing_order_line_ids] .o_data_row:contains('370.00')" },
        { content: "Accept it", trigger: "button[name=action_outsourcing_accept_quantities]", run: "click" },
        { trigger: ".o_field_widget[name=outsourcing_measure_state]:contains('Accepted')" },
    ],
});

registry.category("web_tour.tours").add("outsourcing_repairs_roll_up", {
    steps: () => [
        { content: "The month becomes a payment row", trigger: "button[name=action_roll_up]", run: "click" },
        confirm,
        { trigger: ".o_list_view .o_data_row:contains('370.00') td[name=name]", run: "click" },
        { content: "It leads back to its orders", trigger: ".o_form_view .oe_stat_button[name=action_view_orders]" },
        { trigger: ".o_field_widget[name=order_ids] .o_data_row:contains('Repair')" },
    ],
});

registry.category("web_tour.tours").add("outsourcing_repairs_settle", {
    steps: () => [
        { content: "Settle what is accepted", trigger: "button[name=action_settle]", run: "click" },
        { trigger: ".o_form_view:contains('370.00')" },
        { trigger: "button[name=action_submit]", run: "click" },
        { trigger: current("To check") },
    ],
});
