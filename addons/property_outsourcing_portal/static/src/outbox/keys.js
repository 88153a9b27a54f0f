import { makeKey } from "./send";

/**
 * The keys of the forms on this page, one for each step: the same when one comes back in the history or from a draft and
 * presses again, so that nothing is recorded twice. They lie in the history of the tab, and in the draft of their form.
 */
const read = () => history.state?.outsourcingKeys || {};
const write = (keys) => history.replaceState({ ...history.state, outsourcingKeys: keys }, "");

/** Return what a step is known by: where its form goes, and the button that was pressed. */
export function getStep(form, button) {
    const action = button?.getAttribute("formaction") || form.getAttribute("action");
    return `${action}|${button?.name || ""}|${button?.name ? button.value : ""}`;
}

export function getKey(step) {
    const keys = read();
    if (!keys[step]) {
        keys[step] = makeKey();
        write(keys);
    }
    return keys[step];
}

/** Return the keys of all steps of a form, as they lie in its draft. */
export function getKeys(form) {
    const buttons = [...form.elements].filter((field) => field.matches("[type=submit]"));
    const steps = buttons.map((button) => getStep(form, button));
    return Object.fromEntries(steps.map((step) => [step, getKey(step)]));
}

/** Take the keys of a draft over: its form may be recorded already, and nobody knows. */
export const takeKeys = (keys) => write({ ...read(), ...keys });

/** The next time it is pressed it is another one. */
export function forgetKey(step) {
    const { [step]: former, ...keys } = read();
    if (former) {
        write(keys);
    }
}
