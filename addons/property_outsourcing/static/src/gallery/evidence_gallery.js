import { Component, useExternalListener, useRef, useState } from "@odoo/owl";
import { useDropzone } from "@web/core/dropzone/dropzone_hook";
import { useFileViewer } from "@web/core/file_viewer/file_viewer_hook";
import { FileModelMixin } from "@web/core/file_viewer/file_model";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const MODEL = "outsourcing.evidence";

/** A file of evidence as the file viewer shows it. */
class EvidenceFile extends FileModelMixin(Object) {
    get urlRoute() {
        return `/web/content/${MODEL}/${this.id}/original`;
    }

    get urlQueryParams() {
        return {};
    }
}

/** Photos, films and scans of a document: looked at, and added by choosing or dropping many at once. */
export class EvidenceGallery extends Component {
    static template = "property_outsourcing.EvidenceGallery";
    static props = { ...standardFieldProps, phase: { type: String, optional: true }, upload: Boolean };

    setup() {
        this.http = useService("http");
        this.action = useService("action");
        this.viewer = useFileViewer();
        this.root = useRef("root");
        this.input = useRef("input");
        // rows kept by the server that the form has not read yet, and files on their way or refused
        this.state = useState({ added: [], queue: [] });
        const drop = (ev) => this.add(ev.dataTransfer.files);
        useDropzone(this.root, drop, "o_outsourcing_dropzone", () => this.mayAdd);
        useExternalListener(window, "beforeunload", (ev) => this.isBusy && ev.preventDefault());
    }

    get record() {
        return this.props.record;
    }

    get mayAdd() {
        return Boolean(this.props.upload && this.record.resId && this.record.data.may_add_evidence);
    }

    get isBusy() {
        return this.state.queue.some((item) => !item.error);
    }

    get left() {
        return this.state.queue.filter((item) => !item.error).length;
    }

    get refused() {
        return this.state.queue.filter((item) => item.error);
    }

    get list() {
        return this.record.data[this.props.name];
    }

    get rows() {
        const read = this.list.records.map(({ resId, data }) => ({ ...data, id: resId }));
        const known = new Set(read.map((row) => row.id));
        return [...this.state.added.filter((row) => !known.has(row.id)), ...read];
    }

    get hidden() {
        return this.list.count - this.list.records.length;
    }

    get sending() {
        return _t("Sending, %s to go...", this.left);
    }

    get more() {
        return _t("%s more", this.hidden);
    }

    getThumbnail(row) {
        return row.has_thumbnail ? `/web/image/${MODEL}/${row.id}/thumbnail` : false;
    }

    getIcon(row) {
        return { video: "fa-film", document: "fa-file-pdf-o" }[row.media_type] || "fa-picture-o";
    }

    open(row) {
        const files = this.rows.map(({ id, name, mimetype }) =>
            Object.assign(new EvidenceFile(), { id, name, mimetype })
        );
        const file = files.find(({ id }) => id === row.id);
        if (file.isViewable) {
            this.viewer.open(file, files);
        } else {
            this.openRow(row);
        }
    }

    openRow(row) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: MODEL,
            res_id: row.id,
            views: [[false, "form"]],
        });
    }

    openAll() {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: _t("Photos"),
            res_model: MODEL,
            domain: [["id", "in", this.list.currentIds]],
            views: [
                [false, "kanban"],
                [false, "form"],
            ],
        });
    }

    onChoose(ev) {
        this.add(ev.target.files);
        ev.target.value = "";
    }

    retry(item) {
        this.state.queue.splice(this.state.queue.indexOf(item), 1);
        this.add([item.file]);
    }

    dismiss(item) {
        this.state.queue.splice(this.state.queue.indexOf(item), 1);
    }

    /** Sends the files one by one: each is kept or refused in its own sentence, none stops the others. */
    async add(files) {
        const waits = this.isBusy;
        for (const file of files) {
            this.state.queue.push({ file, name: file.name, error: "" });
        }
        if (waits) {
            return; // the loop that runs takes them as well
        }
        let item;
        while ((item = this.state.queue.find(({ error }) => !error))) {
            await this.send(item);
        }
        if (!(await this.record.isDirty())) {
            await this.record.load();
        }
    }

    async send(item) {
        const { resModel, resId } = this.record;
        const params = { file: [item.file], phase: this.props.phase || "other", csrf_token: odoo.csrf_token };
        try {
            const answer = await this.http.post(`/outsourcing/evidence/${resModel}/${resId}`, params);
            if (answer.error) {
                item.error = answer.error;
                return;
            }
            this.state.added.unshift(...answer.rows);
            this.dismiss(item);
        } catch {
            item.error = _t("%s was not received. Check the connection and try again.", item.name);
        }
    }
}

registry.category("fields").add("outsourcing_gallery", {
    component: EvidenceGallery,
    supportedTypes: ["one2many", "many2many"],
    fieldDependencies: [{ name: "may_add_evidence", type: "boolean", readonly: true }],
    relatedFields: [
        { name: "name", type: "char" },
        { name: "caption", type: "char" },
        { name: "mimetype", type: "char" },
        { name: "media_type", type: "selection", selection: [] },
        { name: "has_thumbnail", type: "boolean" },
        { name: "is_duplicate", type: "boolean" },
        { name: "lacks_exif", type: "boolean" },
    ],
    extractProps: ({ options }) => ({ phase: options.phase, upload: options.upload !== false }),
});
