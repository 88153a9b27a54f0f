import { registry } from "@web/core/registry";
import { FloatField, floatField } from "@web/views/fields/float/float_field";

/** A measured value: empty until somebody measured, so that 0 is a value and nothing is not. */
export class MeasuredField extends FloatField {
    get isMeasured() {
        const { data } = this.props.record;
        return "is_measured" in data ? data.is_measured : Boolean(this.value || data.result);
    }

    get formattedValue() {
        return this.isMeasured || this.value ? super.formattedValue : "";
    }

    parse(text) {
        const { record } = this.props;
        const isTyped = text.trim() !== "";
        if ("is_measured" in record.data && isTyped !== record.data.is_measured) {
            // after the value itself, whose change counts as measured
            Promise.resolve().then(() => record.update({ is_measured: isTyped }));
        }
        return isTyped ? super.parse(text) : 0;
    }
}

registry.category("fields").add("outsourcing_measured", { ...floatField, component: MeasuredField });
