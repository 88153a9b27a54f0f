import { DRAFTS, get, list, put, remove } from "./store";
import { getOwner } from "./owner";

const OWN = new Set(["csrf_token", "client_key", "client_user", "client_performer"]);

/** The address of a form without the language before it: what its draft is found again by. */
export function getFormId(form) {
    return new URL(form.action, location.href).pathname.replace(/^\/[a-z]{2}(_[A-Za-z]+)?(?=\/my\/)/, "");
}

const getId = (formId) => `${getOwner()}|${formId}`;

export const getDraft = (formId) => get(DRAFTS, getId(formId));
export const removeDraft = (formId) => remove(DRAFTS, getId(formId));
export const listDrafts = () => list(DRAFTS, getOwner());

/** Keep what was typed: `entries` as [name, value], `names` of the fields that were touched. */
export function putDraft(formId, vals) {
    return put(DRAFTS, { ...vals, id: getId(formId), owner: getOwner(), formId, date: Date.now() });
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
