import { onWillStart, onWillUpdateProps, useEffect } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { X2ManyField, x2ManyField } from "@web/views/fields/x2many/x2many_field";
import { PAGE_LIST } from "./later_model";

/** Reads the rows of a list that so far consists of ids; changes that wait to be saved stay. */
async function readRows(list) {
    const records = list.records.filter((record) => record.resId);
    const resIds = records.map((record) => record.resId);
    const rows = await list.model._loadRecords({ ...list.config, resIds }, list.evalContext);
    const values = new Map(rows.map((row) => [row.id, row]));
    for (const record of records) {
        record._applyValues(values.get(record.resId) || {});
    }
    list.isUnread = false;
    // of ids the server knows no order of the list's own; where there are more pages it is that of the model
    if (list.orderBy.length && list.count <= list.limit && !list._commands.length) {
        await list._sort();
    }
}

/** A list whose rows are read when its page is opened, and from then on with the form. */
export class PageListField extends X2ManyField {
    setup() {
        super.setup();
        onWillStart(() => this.open(this.props));
        onWillUpdateProps((props) => this.open(props));
        // the ids may come after the page was opened
        useEffect(
            () => {
                this.open(this.props);
            },
            () => [this.list]
        );
    }

    async open({ record, name }) {
        const activeField = record.activeFields[name];
        if ("shownUnless" in activeField) {
            activeField.invisible = activeField.shownUnless;
            activeField.isLater = false; // the pager would show the next record's page without its rows for a moment
        }
        if (record.data[name].isUnread) {
            await record.model.mutex.exec(async () => {
                const list = record.data[name];
                if (list.isUnread) {
                    await readRows(list);
                }
            });
        }
    }
}

registry.category("fields").add(PAGE_LIST, {
    ...x2ManyField,
    component: PageListField,
    additionalClasses: ["o_field_one2many"],
});
