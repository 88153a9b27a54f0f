import { registry } from "@web/core/registry";

const fits = {
    content: "Nothing is wider than the phone",
    trigger: ".o_outsourcing_resident",
    run: () => {
        if (document.documentElement.scrollWidth > window.innerWidth + 1) {
            throw new Error("The page is wider than the screen.");
        }
    },
};
const level = (question, place) => `fieldset:nth-of-type(${question}) label:nth-of-type(${place})`;

registry.category("web_tour.tours").add("outsourcing_survey_resident", {
    steps: () => [
        fits,
        { content: "A neighbour's code", trigger: "select[name=room_id]", run: "selectByLabel 201" },
        { trigger: "input[name=slip]", run: "edit aaaaa-22222" },
        { trigger: "button[type=submit]", run: "click", expectUnloadPage: true },
        { trigger: ".o_outsourcing_error:contains('do not belong together')" },
        { content: "One's own, as it is typed on a phone", trigger: "select[name=room_id]", run: "selectByLabel 101" },
        { trigger: "input[name=slip]", run: "edit aaaaa-22222" },
        { trigger: "button[type=submit]", run: "click", expectUnloadPage: true },
        { trigger: "p:contains('Unit 1 / 101')" },
        fits,
        { content: "Four are judged, the others left open", trigger: level(1, 1), run: "click" },
        { trigger: level(2, 2), run: "click" },
        { trigger: level(3, 5), run: "click" },
        { trigger: level(8, 2), run: "click" },
        { trigger: "textarea[name=comment]", run: "edit More benches" },
        { trigger: "button[type=submit]", run: "click", expectUnloadPage: true },
        { trigger: ".alert-success:contains('Your household has voted')" },
        fits,
    ],
});

const type = (room, marks, scan) => [
    { trigger: ".modal .o_field_widget[name=ballot_id] input", run: `edit ${room}` },
    { trigger: `.o-autocomplete--dropdown-item a:contains('${room}')`, run: "click" },
    { content: "Eight digits in a row", trigger: ".modal .o_field_widget[name=marks] input", run: `edit ${marks}` },
    { trigger: ".modal .o_field_widget[name=comment] textarea", run: "click" },
    { content: "They fill the list", trigger: ".modal .o_data_row:last .o_data_cell[name=answer_id]:not(:empty)" },
    ...scan,
    { trigger: ".modal button[name=action_record]", run: "click" },
];
const isNext = (returned) => [
    { content: "The next one is asked for", trigger: `.modal .o_field_widget[name=returned_count]:contains(${returned})` },
];
const paper = [
    {
        trigger: ".modal .o_field_widget[name=scan] input[type=file]:not(:visible)",
        run: async () => {
            const canvas = Object.assign(document.createElement("canvas"), { width: 120, height: 160 });
            canvas.getContext("2d").fillRect(0, 0, 120, 160);
            const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg"));
            const transfer = new DataTransfer();
            transfer.items.add(new File([blob], "paper.jpg", { type: "image/jpeg" }));
            const input = document.querySelector(".modal .o_field_widget[name=scan] input[type=file]");
            input.files = transfer.files;
            input.dispatchEvent(new Event("change", { bubbles: true }));
        },
    },
    { trigger: ".modal .o_field_widget[name=scan] input:value(paper.jpg)" },
];

registry.category("web_tour.tours").add("outsourcing_survey_entry", {
    steps: () => [
        { trigger: "button[name=action_record_paper]", run: "click" },
        ...type("Unit 1 / 101", "12345012", paper),
        ...isNext(1),
        ...type("Unit 1 / 201", "22222222", paper),
        ...isNext(2),
        { trigger: ".modal button[special=cancel]", run: "click" },
        { content: "Then the telephone", trigger: "button[name=action_record_phone]", run: "click" },
        ...type("Unit 1 / 301", "11111111", []),
        ...isNext(3),
        { trigger: ".modal button[special=cancel]", run: "click" },
        { trigger: "body:not(:has(.modal))" },
    ],
});

registry.category("web_tour.tours").add("outsourcing_survey_publish", {
    steps: () => [
        { content: "All have voted", trigger: "button[name=action_count]", run: "click" },
        { trigger: ".o_arrow_button_current:contains('Answers counted')" },
        { trigger: ".o_field_widget[name=score]:contains('74.0')" },
        { trigger: "button[name=action_publish]", run: "click" },
        { trigger: ".modal .btn-primary", run: "click" },
        { trigger: ".o_arrow_button_current:contains('Published')" },
        { content: "The page for all owners", trigger: ".o_field_widget[name=public_link]:contains('/outsourcing/satisfaction/')" },
    ],
});
