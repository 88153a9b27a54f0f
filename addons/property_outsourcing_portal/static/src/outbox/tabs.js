const NAME = "outsourcing_outbox";
const SHARED = ["change", "done", "refused", "removed", "small"];

/**
 * The tabs of one phone share what waits: what one of them has sent, its other tabs would go on to call waiting. A
 * browser without channels tells them no sooner than they are opened again.
 *
 * @param {String} owner whose tabs they are
 * @param {Function} hear called with (type, detail) of an event of another tab
 * @return {Function} tells the others of an event, with what is small of its detail
 */
export function joinTabs(owner, hear) {
    if (!window.BroadcastChannel) {
        return () => {};
    }
    const channel = new BroadcastChannel(NAME);
    channel.addEventListener("message", ({ data }) => data.owner === owner && hear(data.type, data.detail));
    return (type, detail) => {
        if (SHARED.includes(type)) {
            const { entries, small, ...item } = detail?.item || {}; // files stay where they lie
            channel.postMessage({ owner, type, detail: detail && { ...detail, item } });
        }
    };
}
