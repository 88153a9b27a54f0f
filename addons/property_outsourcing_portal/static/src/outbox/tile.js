import { _t } from "@web/core/l10n/translation";
import { formatMoment } from "./clock";

const STATES = {
    "": () => _t("On its way"),
    offline: () => _t("Waits for a connection"),
    login: () => _t("Waits until you log in"),
    performer: () => _t("Waits: somebody else works on this phone"),
    other: () => _t("Waits: somebody else is logged in"),
};

/** What stands in the way of an item, in a few words. */
export function getStateText(item, status) {
    const ahead = !status && item.small?.state === "sent";
    return item.error || (ahead ? _t("A small picture is there, the original follows") : STATES[status]());
}

function makeButton(text, className, onClick) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = `btn btn-sm ${className}`;
    button.textContent = text;
    button.addEventListener("click", onClick);
    return button;
}

/** Return a row for an item of the outbox: name, state, and what can be done about it. */
export function make(item, { onOpen, onRetry, onRemove }) {
    const el = document.createElement("div");
    el.className = "o_outsourcing_tile";
    el.dataset.key = item.key;
    const picture = item.kind === "photo" && item.entries.find(([name]) => name === "files")?.[1];
    let url;
    if (picture && picture.type.startsWith("image/")) {
        const image = document.createElement("img");
        image.src = url = URL.createObjectURL(picture);
        image.alt = "";
        el.append(image);
    }
    const text = document.createElement("div");
    text.className = "o_outsourcing_tile_text";
    const name = document.createElement("div");
    name.textContent = item.label;
    const state = document.createElement("div");
    state.className = "small";
    text.append(name, state);
    const buttons = document.createElement("div");
    buttons.className = "o_outsourcing_tile_buttons";
    let current = item;
    if (onOpen) {
        buttons.append(makeButton(_t("Look at it"), "btn-link o_outsourcing_open", () => onOpen(current)));
    }
    const retry = makeButton(_t("Try again"), "btn-outline-primary o_outsourcing_retry", () => onRetry(current));
    const drop = makeButton(_t("Delete"), "btn-link text-danger o_outsourcing_drop", () => onRemove(current));
    buttons.append(retry, drop);
    el.append(text, buttons);
    return {
        el,
        show(row, status) {
            current = row;
            state.textContent = `${formatMoment(row.acted)} · ${getStateText(row, status)}`;
            state.classList.toggle("text-danger", Boolean(row.error));
            retry.classList.toggle("d-none", !row.error && !status);
            drop.textContent = row.error || status ? _t("Delete") : _t("Cancel");
        },
        setPercent(percent) {
            state.textContent = `${percent}%`;
        },
        remove() {
            URL.revokeObjectURL(url);
            el.remove();
        },
    };
}
