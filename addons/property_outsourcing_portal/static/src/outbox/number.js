/** Read a number as the server does: 1,234.5 groups thousands, 46,5 has a decimal comma. NaN for anything else. */
export function parseNumber(text) {
    const typed = String(text ?? "")
        .normalize("NFKC")
        .replace(/\s/g, "")
        .replaceAll("。", ".")
        .replaceAll("、", ",");
    const grouped = /^[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?$/.test(typed);
    return Number(typed.replaceAll(",", grouped ? "" : "."));
}
