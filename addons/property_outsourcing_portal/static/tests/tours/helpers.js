/** Put a small real photo into a file input, as the camera would. */
export function takePhoto(selector, colour = "steelblue") {
    return async () => {
        const canvas = document.createElement("canvas");
        canvas.width = 320;
        canvas.height = 240;
        const context = canvas.getContext("2d");
        context.fillStyle = colour;
        context.fillRect(0, 0, 320, 240);
        const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg"));
        const transfer = new DataTransfer();
        transfer.items.add(new File([blob], "photo.jpg", { type: "image/jpeg" }));
        const input = document.querySelector(selector);
        input.files = transfer.files;
        input.dispatchEvent(new Event("change", { bubbles: true }));
    };
}

/** Draw a line with the finger. */
export function drawSignature() {
    const pad = document.querySelector(".o_outsourcing_signature_pad");
    const box = pad.getBoundingClientRect();
    const fire = (type, x, y) =>
        pad.dispatchEvent(
            new PointerEvent(type, {
                bubbles: true,
                clientX: box.left + box.width * x,
                clientY: box.top + box.height * y,
            })
        );
    fire("pointerdown", 0.2, 0.3);
    fire("pointermove", 0.5, 0.7);
    fire("pointermove", 0.8, 0.3);
    fire("pointerup", 0.8, 0.3);
}

/** Nothing may be wider than the phone. */
export const fitsTheScreen = {
    content: "nothing is wider than the screen",
    trigger: ".o_outsourcing_nav",
    run: () => {
        const { scrollWidth } = document.documentElement;
        if (scrollWidth > window.innerWidth + 1) {
            throw new Error(`The page is ${scrollWidth} px wide, the screen ${window.innerWidth} px.`);
        }
    },
};

/** Sign the page: refused without a line, taken with one. */
export const signs = [
    { content: "without a signature", trigger: ".o_outsourcing_sign", run: "click" },
    { trigger: ".o_outsourcing_signature_error:not(:empty)" },
    { trigger: ".o_outsourcing_signature_pad", run: drawSignature },
    { trigger: ".o_outsourcing_sign", run: "click", expectUnloadPage: true },
    { trigger: ".o_outsourcing_flash.alert-success" },
    { trigger: "body:not(:has(.o_outsourcing_sign_form))" },
];
