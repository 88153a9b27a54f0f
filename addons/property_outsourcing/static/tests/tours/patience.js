import { registry } from "@web/core/registry";
import { patch } from "@web/core/utils/patch";

/** A step waits for a minute at most, not for ten seconds: a browser of the tests shares its processor. */
patch(registry.category("web_tour.tours"), {
    get() {
        const tour = super.get(...arguments);
        return tour && { ...tour, steps: () => tour.steps().map((step) => ({ timeout: 60000, ...step })) };
    },
});
