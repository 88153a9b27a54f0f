/** Return the list of what is missing: each leads to its place on the page, which is opened if it is folded. */
export function makeGapList(gaps) {
    const list = document.createElement("ul");
    list.className = "o_outsourcing_gaps";
    for (const { focus, text } of gaps) {
        const row = document.createElement("li");
        const place = focus && document.getElementById(focus);
        if (!place) {
            row.textContent = text;
        } else {
            const link = document.createElement("a");
            link.href = `#${focus}`;
            link.textContent = text;
            link.addEventListener("click", (ev) => {
                ev.preventDefault();
                place.querySelectorAll("details").forEach((part) => (part.open = true));
                place.scrollIntoView({ block: "center" });
            });
            row.append(link);
        }
        list.append(row);
    }
    return list;
}
