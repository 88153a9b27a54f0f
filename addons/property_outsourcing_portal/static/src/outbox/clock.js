/** Times as the language of the page writes them, whatever the phone is set to. */
const getLanguage = () => document.documentElement.lang || undefined;

export function formatTime(moment) {
    return new Date(moment).toLocaleTimeString(getLanguage(), { hour: "2-digit", minute: "2-digit" });
}

export function formatMoment(moment) {
    if (getLanguage()?.startsWith("zh")) { // as pages do: 2026-11-26 16:30
        const date = new Date(moment);
        const local = new Date(date - date.getTimezoneOffset() * 60000);
        return local.toISOString().slice(0, 16).replace("T", " ");
    }
    return new Date(moment).toLocaleString(getLanguage(), { dateStyle: "short", timeStyle: "short" });
}
