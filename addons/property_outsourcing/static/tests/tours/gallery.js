import { registry } from "@web/core/registry";

const GALLERY = ".o_outsourcing_gallery";

/** Return a real picture, or something that only has the name of one. */
async function makeFile(name, colour) {
    if (!colour) {
        return new File(["no picture"], name, { type: "image/jpeg" });
    }
    const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 480 });
    const context = canvas.getContext("2d");
    context.fillStyle = colour;
    context.fillRect(0, 0, 640, 480);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg"));
    return new File([blob], name, { type: "image/jpeg" });
}

async function hold(...files) {
    const transfer = new DataTransfer();
    for (const [name, colour] of files) {
        transfer.items.add(await makeFile(name, colour));
    }
    return transfer;
}

registry.category("web_tour.tours").add("outsourcing_gallery", {
    steps: () => [
        { trigger: ".o_notebook .nav-link[name=evidence]", run: "click" },
        {
            content: "choose several at once, one of them damaged",
            trigger: `${GALLERY} .o_outsourcing_add`,
            async run() {
                const input = document.querySelector(`${GALLERY} input[type=file]`);
                const transfer = await hold(["one.jpg", "red"], ["bad.jpg", false], ["two.jpg", "blue"]);
                input.files = transfer.files;
                input.dispatchEvent(new Event("change"));
            },
        },
        { content: "the good ones are kept", trigger: `${GALLERY}:has(.o_outsourcing_shot:contains(one.jpg)):has(.o_outsourcing_shot:contains(two.jpg))` },
        { content: "the other is named", trigger: `${GALLERY} .alert:contains(bad.jpg is neither a photo)` },
        { trigger: `${GALLERY} .alert .btn-close`, run: "click" },
        {
            content: "drag one over the gallery",
            trigger: `${GALLERY}:not(:has(.alert))`,
            async run({ waitFor }) {
                const dataTransfer = await hold(["three.jpg", "green"]);
                const options = { bubbles: true, dataTransfer };
                this.anchor.dispatchEvent(new DragEvent("dragenter", options));
                const zone = await waitFor(".o_outsourcing_dropzone", { timeout: 30000 });
                zone.dispatchEvent(new DragEvent("drop", options));
            },
        },
        { content: "look at it", trigger: `${GALLERY} .o_outsourcing_shot:contains(three.jpg) button:has(img)`, run: "click" },
        { trigger: ".o-FileViewer img", run: "click" },
        { trigger: ".o-FileViewer-headerButton[aria-label=Close]", run: "click" },
        { trigger: `${GALLERY}` },
    ],
});
