/** Times as the language of the page writes them, whatever the phone is set to. */
const getLanguage = () => document.documentElement.lang || undefined;

export function formatTime(moment) {
    return new Date(moment).toLocaleTimeString(getLanguage(), { hour: "2-digit", minute: "2-digit" });
}

export function formatMoment(moment) {
    return new Date(moment).toLocaleString(getLanguage(), { dateStyle: "short", timeStyle: "short" });
}
