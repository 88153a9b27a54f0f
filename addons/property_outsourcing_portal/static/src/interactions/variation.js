import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";
import { parseNumber } from "../outbox/number";

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
            const product = (parseNumber(input.value) || 0) * (parseNumber(typed) || 0) * 100;
            cents += Math.round(Number(product.toPrecision(14))); // 100.49999999999999 is 100.5
        }
        const text = (cents / 100).toLocaleString("en-US", { minimumFractionDigits: 2 });
        // as pages write money: the minus first, no gap behind the sign
        this.el.querySelector(".o_outsourcing_total").textContent = text.replace(/^-?/, `$&${this.el.dataset.currency}`);
    }
}

registry.category("public.interactions").add("property_outsourcing_portal.variation", OutsourcingVariation);
