/**
 * Forms of ours are plain forms until the scripts of the page are there, and stay so if they never come: on a bad line core
 * would let their buttons turn for ever. Only the question before a step that counts is asked here as well.
 *
 * Runs before core's lazy loader, which looks for the class.
 */
for (const el of document.querySelectorAll(".o_outsourcing form, .o_outsourcing form button")) {
    el.classList.add("o_no_wait_lazy_js");
}

document.addEventListener(
    "click",
    (ev) => {
        const button = ev.target.closest?.(".o_outsourcing_form .o_outsourcing_confirm");
        // until its own script runs: the scripts may be there, and wait for their terms, or have none
        const isAlone = button && !button.closest("form").dataset.scripted;
        if (isAlone && !window.confirm(button.dataset.confirm)) {
            ev.preventDefault();
        }
    },
    { capture: true }
);
