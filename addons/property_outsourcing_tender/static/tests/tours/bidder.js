import { registry } from "@web/core/registry";

/** Put a small PDF into a file input. */
function choosePaper(selector) {
    return () => {
        const transfer = new DataTransfer();
        const text = "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
        transfer.items.add(new File([text], "letter.pdf", { type: "application/pdf" }));
        const input = document.querySelector(selector);
        input.files = transfer.files;
        input.dispatchEvent(new Event("change", { bubbles: true }));
    };
}

/** Nothing may be wider than the screen. */
const fits = {
    content: "nothing is wider than the screen",
    trigger: ".o_outsourcing",
    run: () => {
        const { scrollWidth } = document.documentElement;
        if (scrollWidth > window.innerWidth + 1) {
            throw new Error(`The page is ${scrollWidth} px wide, the screen ${window.innerWidth} px.`);
        }
    },
};

const press = (trigger) => ({ trigger, run: "click", expectUnloadPage: true });
const confirmed = { trigger: ".modal .btn-primary", run: "click", expectUnloadPage: true };
const done = { trigger: ".o_outsourcing_flash.alert-success" };

registry.category("web_tour.tours").add("outsourcing_tender_register", {
    steps: () => [
        press("a[href*='/outsourcing/notices/']:contains(Elevator maintenance)"),
        fits,
        press("a[href$='/register']"),
        fits,
        { trigger: "#name", run: "edit Lifts of the tour" },
        { trigger: "#vat", run: "edit 91440101ma5d8h7w2x" },
        { trigger: "#contact_name", run: "edit Old Chen" },
        { trigger: "#phone", run: "edit 139 0000 0007" },
        { trigger: "#files", run: choosePaper("#files") },
        press("form button.btn-primary"),
        { trigger: ".alert-success[role=status]" },
    ],
});

registry.category("web_tour.tours").add("outsourcing_tender_bid", {
    steps: () => [
        press(".o_outsourcing_row"),
        fits,
        { content: "papers to download", trigger: "a[href*='/files/']:contains(scan)" },
        { trigger: "#question", run: "edit Is the night shift part of it?" },
        press("form[action$='/ask'] button"),
        done,
        { trigger: ".o_outsourcing_box:contains(night shift)" },
        press("form[action*='/bid/'] button"),
        fits,
        { trigger: "input[name^=price_]", run: "edit 7000" },
        { trigger: "#plan", run: "edit Twice a month" },
        { trigger: "#files_letter", run: choosePaper("#files_letter") },
        press("form[action$='/save'] button[type=submit]"),
        done,
        { trigger: "form[action$='/submit'] button", run: "click" },
        confirmed,
        done,
        { content: "the receipt", trigger: ".o_outsourcing:contains(SHA-256)" },
        fits,
        { content: "replaced", ...press("form[action*='/bid/'] button") },
        { trigger: "input[name^=price_]:value(7000)" },
        { trigger: "input[name^=price_]", run: "edit 6900" },
        press("form[action$='/save'] button[type=submit]"),
        done,
        { trigger: "form[action$='/submit'] button", run: "click" },
        confirmed,
        done,
        { content: "withdrawn", trigger: "form[action$='/withdraw'] button", run: "click" },
        confirmed,
        done,
        { trigger: ".o_outsourcing:contains(Withdrawn)" },
    ],
});

registry.category("web_tour.tours").add("outsourcing_tender_result", {
    steps: () => [
        press(".o_outsourcing_row"),
        fits,
        { trigger: ".o_outsourcing_line:contains(Winner):contains(Steady Elevators)" },
        { trigger: ".o_outsourcing_line:contains(My points)" },
    ],
});
