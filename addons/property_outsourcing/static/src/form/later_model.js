import { RelationalModel } from "@web/model/relational_model/relational_model";

export const PAGE_LIST = "outsourcing_page_list";
const NEVER = "1"; // of lists that are never shown the web client reads the ids only

/**
 * Notes what is not waited for when the form opens: what says so by `options="{'later': True}"`, and with it the
 * figures of the stat buttons. Of lists on pages that nobody has opened the ids are read, and the rows by the page.
 *
 * @param {Object} fieldNodes of the form's arch; without a field or list that says so the form is read as a whole
 * @param {Object} activeFields of its root record
 */
export function noteLater(fieldNodes, activeFields) {
    const nodes = Object.values(fieldNodes);
    const isPageList = ({ widget }) => widget === PAGE_LIST;
    const isMarked = (node) => isPageList(node) || Boolean(node.options?.later);
    const isFigure = ({ widget, type }) => widget === "statinfo" && type === "integer";
    for (const node of nodes.some(isMarked) ? nodes : []) {
        const activeField = activeFields[node.name];
        // "isLater" in: noted before; a list whose page was opened since is read with the form
        if (!activeField || "isLater" in activeField || !(isMarked(node) || isFigure(node))) {
            continue;
        }
        activeField.isLater = true;
        if (isPageList(node)) {
            activeField.shownUnless = activeField.invisible;
            activeField.invisible = NEVER;
        }
    }
}

function pick(activeFields, isLater) {
    const chosen = Object.entries(activeFields).filter(([, field]) => Boolean(field.isLater) === isLater);
    return Object.fromEntries(chosen);
}

class LaterRecord extends RelationalModel.Record {
    _createStaticListDatapoint(data, fieldName, options) {
        const list = super._createStaticListDatapoint(data, fieldName, options);
        const isIds = data.length > 0 && Object.keys(data[0]).length === 1;
        list.isUnread = isIds && "shownUnless" in this.activeFields[fieldName];
        return list;
    }

    /** What was kept from an earlier visit is replaced when the server has answered, without what comes later. */
    _setData(data, options) {
        if (this.resId && !this._parentRecord) {
            const missing = this.fieldNames.filter((name) => !(name in data));
            // read as a whole nothing is awaited, even where what comes later has failed to come
            this.isCounting = Boolean(this.isCounting) && missing.length > 0;
            data = { ...this._getDefaultValues(missing), ...this.laterValues, ...data };
        }
        return super._setData(data, options);
    }
}

/** Opens a record with what is seen at once, and reads the rest behind it. */
export class LaterModel extends RelationalModel {
    static Record = LaterRecord;

    async load(params = {}) {
        const resId = "resId" in params ? params.resId : this.config.resId;
        // what is shown already is read anew as a whole, so that nothing flickers
        this.isOpening = Boolean(resId) && !(this.isReady && this.root?.resId === resId);
        const isOpening = this.isOpening;
        try {
            await super.load(params);
        } finally {
            this.isOpening = false;
        }
        if (isOpening && this.root?.resId === resId) {
            this._readLater(this.root);
        }
    }

    async _loadRecords(config, ...args) {
        if (this.isOpening && config.isMonoRecord && config.resId) {
            this.leftOut = pick(config.activeFields, true); // a page may be opened before the answer is there
            config = { ...config, activeFields: pick(config.activeFields, false) };
        }
        return super._loadRecords(config, ...args);
    }

    async _readLater(root) {
        const activeFields = this.leftOut;
        if (!Object.keys(activeFields).length) {
            return;
        }
        root.isCounting = true;
        await this.mutex.exec(async () => {
            if (root.id === this.root.id) {
                const [values] = await this._loadRecords({ ...root.config, activeFields }, root.evalContext);
                root.laterValues = values;
                root._applyValues(values);
            }
            root.isCounting = false;
        });
    }
}
