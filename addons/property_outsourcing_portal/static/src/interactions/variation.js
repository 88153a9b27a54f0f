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
            const product = this.toNumber(input.value) * this.toNumber(typed) * 100;
            cents += Math.round(Number(product.toPrecision(14))); // 100.49999999999999 is 100.5
        }
        const text = (cents / 100).toLocaleString("en-US", { minimumFractionDigits: 2 });
        this.el.querySelector(".o_outsourcing_total").textContent = `${this.el.dataset.currency} ${text}`;
    }

    /** Reads a number as the server does: 1,234.5 groups thousands, 46,5 has a decimal comma. */
    toNumber(text) {
        const typed = String(text || "")
            .normalize("NFKC")
            .replace(/\s/g, "")
            .replaceAll("。", ".");
        const grouped = /^-?[1-9]\d{0,2}(,\d{3})+(\.\d*)?$/.test(typed);
        return Number(typed.replaceAll(",", grouped ? "" : ".")) || 0;
    }
}

registry.category("public.interactions").add("property_outsourcing_portal.variation", OutsourcingVariation);
