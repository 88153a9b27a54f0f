import { Component } from "@odoo/owl";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/**
 * Opens the place on the present form where a point is mended.
 *
 * @param {Object} point
 * @returns {boolean} whether the form on the screen has that place
 */
function goToPlace({ page, field }) {
    const form = document.querySelector(".o_action_manager .o_form_view");
    const tab = page && form?.querySelector(`.o_notebook_headers a[name="${page}"]`);
    tab?.click();
    if (!tab && !(field && form?.querySelector(`[name="${field}"]`))) {
        return false;
    }
    // the page is drawn after this tick
    setTimeout(() => {
        const widget = field && form.querySelector(`.o_field_widget[name="${field}"]`);
        widget?.scrollIntoView({ block: "center" });
        widget?.querySelector("input, textarea, [contenteditable], a, button")?.focus();
    });
    return true;
}

/** Sentences that name what is missing; each leads to where it is mended. */
export class MissingPoints extends Component {
    static template = "property_outsourcing.MissingPoints";
    static props = {
        points: { type: Array },
        leave: { type: Function, optional: true },
        resModel: { type: String, optional: true },
        resId: { type: [Number, Boolean], optional: true },
    };

    setup() {
        this.action = useService("action");
    }

    isLink(point) {
        return Boolean(point.action || point.model);
    }

    async open(point) {
        this.props.leave?.();
        const controller = this.action.currentController;
        const resModel = this.props.resModel || controller?.props?.resModel;
        const resId = this.props.resId || controller?.currentState?.resId || controller?.props?.resId;
        const isHere = !point.action && point.model === resModel && point.id === resId;
        if (isHere && goToPlace(point)) {
            return;
        }
        await this.action.doAction(
            point.action || {
                type: "ir.actions.act_window",
                res_model: point.model,
                res_id: point.id,
                views: [[false, "form"]],
            }
        );
    }
}

/** A step that was refused: everything that is missing at once. */
export class MissingPointsDialog extends Component {
    static template = "property_outsourcing.MissingPointsDialog";
    static components = { Dialog, MissingPoints };
    static props = ["*"];

    get title() {
        return this.props.title || _t("Something is still missing");
    }

    get points() {
        return this.props.points || this.props.data.context.outsourcing_missing;
    }
}

/** What a form still lacks before its next step, in front of the fields. */
export class MissingPointsField extends Component {
    static template = "property_outsourcing.MissingPointsField";
    static components = { MissingPoints };
    static props = { ...standardFieldProps };

    get steps() {
        return this.props.record.data[this.props.name] || [];
    }
}

registry.category("fields").add("outsourcing_missing", {
    component: MissingPointsField,
    supportedTypes: ["json"],
    isEmpty: () => false,
});

registry
    .category("error_dialogs")
    .add(
        "odoo.addons.property_outsourcing.models.workflow.missing_points.MissingPoints",
        MissingPointsDialog
    );

registry.category("actions").add("outsourcing_missing", (env, { params }) => {
    env.services.dialog.add(MissingPointsDialog, params);
    return { type: "ir.actions.client", tag: "soft_reload" };
});

registry.category("actions").add("outsourcing_ask", (env, { params }) => {
    const { question, model, ids, method } = params;
    env.services.dialog.add(ConfirmationDialog, {
        body: question,
        confirm: async () => {
            const next = await env.services.orm.call(model, method, [ids]);
            await env.services.action.doAction(next || { type: "ir.actions.client", tag: "soft_reload" });
        },
        cancel: () => {},
    });
});
