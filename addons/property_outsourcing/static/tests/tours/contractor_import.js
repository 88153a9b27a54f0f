import { registry } from "@web/core/registry";

const FOLDER = "/property_outsourcing/static/tests/xls";
const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** Put a workbook into the file input of the import, as somebody would who picks it. */
function upload(name) {
    return async () => {
        const blob = await (await fetch(`${FOLDER}/${name}`)).blob();
        const transfer = new DataTransfer();
        transfer.items.add(new File([blob], name, { type: XLSX }));
        const input = document.querySelector(".o_control_panel .o_input_file");
        input.files = transfer.files;
        input.dispatchEvent(new Event("change", { bubbles: true }));
    };
}

const report = (text) => ({ content: text, trigger: `.o_import_report:contains("${text}")` });

registry.category("web_tour.tours").add("outsourcing_contractor_import", {
    steps: () => [
        { trigger: ".o_cp_action_menus .fa-cog", run: "click" },
        { trigger: ".o-dropdown-item:contains(Import records)", run: "click" },
        { content: "the template", trigger: "a[href$='outsourcing_contractor_import.xlsx']" },
        { trigger: ".o_control_panel .o_import_file", run: upload("contractors_faulty.xlsx") },
        { trigger: ".o_import_data_content td:contains(统一社会信用代码)" },
        { trigger: ".o_control_panel button:contains(Test)", run: "click" },
        report("914401 is not a unified social credit code: it has 18 characters, the last one a check digit."),
        report("is already the tax id of the contractor Firm One."),
        report("No matching record found for name 'Moon maintenance'"),
        report("The name of the contractor is missing."),
        { content: "which row it is", trigger: ".o_outsourcing_import_row:contains(5)" },
        { content: "try in spite of it", trigger: ".o_control_panel button:contains(Import)", run: "click" },
        { trigger: ".alert-danger:contains(blocking errors)" },
        { trigger: ".o_control_panel button:contains(Load Data File)", run: upload("contractors_good.xlsx") },
        { trigger: ".o_import_data_sidepanel .truncate:contains(contractors_good)" },
        { trigger: ".o_control_panel button:contains(Test)", run: "click" },
        { trigger: ".alert-info:contains(Everything seems valid)" },
        { trigger: ".o_control_panel button:contains(Import)", run: "click" },
        { trigger: ".o_kanban_renderer .o_kanban_record:contains(Firm One)" },
        { trigger: ".o_menu_sections button:contains(Contractors)", run: "click" },
        { trigger: ".o-dropdown-item:contains(Compliance matrix)", run: "click" },
        { content: "coloured cells", trigger: ".o_pivot td .badge.text-bg-danger:contains(Missing)" },
        { trigger: ".o_pivot th:contains(Firm One)" },
        { content: "as a list", trigger: ".o_switch_view.o_list", run: "click" },
        { trigger: ".o_group_header:contains(Firm One)" },
        { trigger: ".o_data_row.text-danger:contains(Missing)" },
    ],
});
