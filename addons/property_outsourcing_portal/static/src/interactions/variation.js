import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

/** What the quantities come to while they are typed: people see the amount before they sign it. */
export class OutsourcingVariation extends Interaction {
    static selector = ".o_outsourcing_variation";
    dynamicContent = {
        _root: { "t-on-input": this.showTotal },
    };

    showTotal() {
        let cents = 0;
        for (const input of this.el.querySelectorAll(".o_outsourcing_quantity")) {
            const { price, priceField } = input.dataset;
            const typed = priceField ? this.el.querySelector(`[name=${priceField}]`).value : price;
            cents += Math.round(this.toNumber(input.value) * this.toNumber(typed) * 100);
        }
        const text = (cents / 100).toLocaleString("en-US", { minimumFractionDigits: 2 });
        this.el.querySelector(".o_outsourcing_total").textContent = `${this.el.dataset.currency} ${text}`;
    }

    toNumber(text) {
        return Number(String(text || "").replace(/[,，\s]/g, "")) || 0;
    }
}

registry.category("public.interactions").add("property_outsourcing_portal.variation", OutsourcingVariation);
