import { registry } from "@web/core/registry";
import { PivotModel } from "@web/views/pivot/pivot_model";
import { PivotRenderer } from "@web/views/pivot/pivot_renderer";
import { pivotView } from "@web/views/pivot/pivot_view";

const MEASURE = "severity";
const COLOURS = {
    missing: "text-bg-danger",
    expired: "text-bg-danger",
    insufficient: "text-bg-warning",
    expiring: "text-bg-warning",
    unverified: "text-bg-info",
    upcoming: "text-bg-info",
    valid: "text-bg-success",
};

/** The states are listed from the worst to the best; the severity counts from the other end. */
function getState(metaData, severity) {
    const states = metaData.fields.state.selection;
    return states[states.length - 1 - severity];
}

/** The workbook says the state in words, as the screen does. */
export class ComplianceMatrixModel extends PivotModel {
    exportData() {
        const data = super.exportData();
        this.getTable().rows.forEach((row, index) =>
            row.subGroupMeasurements.forEach((cell, column) => {
                if (cell.measure === MEASURE && cell.value !== undefined) {
                    data.rows[index].values[column].value = getState(this.metaData, cell.value)[1];
                }
            })
        );
        return data;
    }
}

export class ComplianceMatrixRenderer extends PivotRenderer {
    static template = "property_outsourcing.ComplianceMatrixRenderer";

    getFormattedValue(cell) {
        if (cell.measure !== MEASURE) {
            return super.getFormattedValue(cell);
        }
        return { value: getState(this.model.metaData, cell.value)[1] };
    }

    getBadgeClass(cell) {
        if (cell.measure !== MEASURE) {
            return "";
        }
        return `badge ${COLOURS[getState(this.model.metaData, cell.value)[0]]}`;
    }
}

registry.category("views").add("outsourcing_compliance_matrix", {
    ...pivotView,
    Model: ComplianceMatrixModel,
    Renderer: ComplianceMatrixRenderer,
});
