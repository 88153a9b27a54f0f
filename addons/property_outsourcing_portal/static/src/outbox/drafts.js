import { DRAFTS, get, list, put, remove } from "./store";
import { getKeys } from "./keys";
import { getOwner } from "./owner";

const OWN = new Set(["csrf_token", "client_key", "client_user", "client_performer"]);

/** The path of an address without the language before it. */
export function getPath(url) {
    return new URL(url, location.href).pathname.replace(/^\/[a-z]{2}(_[A-Za-z]+)?(?=\/my\/)/, "");
}

/** What the draft of a form is found again by. */
export const getFormId = (form) => getPath(form.action);

export const getId = (formId) => `${getOwner()}|${formId}`;

export const getDraft = (formId) => get(DRAFTS, getId(formId));
export const removeDraft = (formId) => remove(DRAFTS, getId(formId));
export const listDrafts = () => list(DRAFTS, getOwner());

/**
 * Return the row that keeps what was typed: `entries` as [name, value], `names` of the fields that were touched, `keys`
 * of its steps: the draft of a form that was recorded, as nobody has heard of it, is recorded once.
 */
export const makeDraft = (formId, vals) => ({
    ...vals, id: getId(formId), owner: getOwner(), formId, date: Date.now(),
});

/** Return the row that keeps what a form holds now, in a list; none if it holds what was drawn. */
export function readDrafts(form) {
    const content = readForm(form);
    return content ? [makeDraft(getFormId(form), { ...content, keys: getKeys(form) })] : [];
}

/** What is typed behind a step that is recorded is a step of its own. */
export async function forgetDraftKey(formId, step) {
    const draft = await getDraft(formId);
    if (draft?.keys?.[step]) {
        delete draft.keys[step];
        await put(DRAFTS, draft);
    }
}

/** Return what a form holds that it did not hold when the page was drawn; null if nothing. */
export function readForm(form) {
    const names = new Set();
    for (const field of form.elements) {
        if (!field.name || OWN.has(field.name) || field.matches(".o_outsourcing_upload_input, [type=submit], [data-draft=no]")) {
            continue;
        }
        const isTouched = ["checkbox", "radio"].includes(field.type)
            ? field.checked !== field.defaultChecked
            : field.type === "file"
              ? field.files.length
              : field.tagName === "SELECT"
                ? [...field.options].some((option) => option.selected !== option.defaultSelected) &&
                  !(field.selectedIndex === 0 && ![...field.options].some((option) => option.defaultSelected))
                : field.type === "hidden"
                  ? field.name === "signature" && field.value
                  : field.value !== field.defaultValue;
        if (isTouched) {
            names.add(field.name);
        }
    }
    if (!names.size) {
        return null;
    }
    const entries = [...new FormData(form)].filter(([name]) => names.has(name));
    return { names: [...names], entries };
}

/** Put what was kept back into its form. */
export function fillForm(form, { names, entries }) {
    for (const name of names) {
        const values = entries.filter(([key]) => key === name).map(([, value]) => value);
        for (const field of form.elements) {
            if (field.name !== name || field.matches(".o_outsourcing_upload_input")) {
                continue;
            }
            if (["checkbox", "radio"].includes(field.type)) {
                field.checked = values.includes(field.value);
            } else if (field.type === "file") {
                const transfer = new DataTransfer();
                values.filter((value) => value instanceof Blob && value.size).forEach((file) => transfer.items.add(file));
                field.files = transfer.files;
            } else if (values.length) {
                field.value = values[0];
            }
        }
    }
    form.dispatchEvent(new CustomEvent("outsourcing-restored"));
}
