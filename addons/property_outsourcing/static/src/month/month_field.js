import { registry } from "@web/core/registry";
import { DateTimeField, dateField } from "@web/views/fields/datetime/datetime_field";

/** A date that stands for its month, to be read: October 2026, 2026年10月. */
export class MonthField extends DateTimeField {
    getFormattedValue(valueIndex) {
        const value = this.values[valueIndex];
        return value ? value.toLocaleString({ year: "numeric", month: "long" }) : "";
    }
}

registry.category("fields").add("outsourcing_month", {
    ...dateField,
    component: MonthField,
    listViewWidth: [100, 130], // September 2026
});
