import { makeKey } from "./send";

const NAME = "outsourcing_visit";
export const GUEST = "guest";
let visit;

function getVisit() {
    if (!visit) {
        try {
            visit = sessionStorage.getItem(NAME) || makeKey();
            sessionStorage.setItem(NAME, visit);
        } catch {
            visit ||= makeKey(); // private mode: as long as the page
        }
    }
    return visit;
}

/**
 * Whose drafts and waiting forms the page shows and sends. Without a login it is one visit, as long as its tab: the next
 * visitor of the phone neither sees nor sends what another has written.
 */
export function getOwner() {
    const owner = document.querySelector(".o_outsourcing[data-owner]")?.dataset.owner;
    return owner === GUEST ? `${GUEST}-${getVisit()}` : owner;
}
