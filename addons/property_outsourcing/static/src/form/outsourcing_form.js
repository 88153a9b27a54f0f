import { onWillRender } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { registry } from "@web/core/registry";
import { ButtonBox } from "@web/views/form/button_box/button_box";
import { FormController } from "@web/views/form/form_controller";
import { formView } from "@web/views/form/form_view";
import { LaterModel, noteLater } from "./later_model";

// of the sizes of a screen, the last one "More"; core shows up to eight and squeezes the title
const VISIBLE = [0, 0, 5, 4, 4, 5];
const VISIBLE_ON_WIDE_SCREENS = 7;

/** The first buttons stand beside the title, the others under "More". */
export class ShortButtonBox extends ButtonBox {
    setup() {
        const ui = useService("ui");
        // what is registered last runs first: core has sorted its buttons when this runs
        onWillRender(() => {
            const most = VISIBLE[ui.size] ?? VISIBLE_ON_WIDE_SCREENS;
            if (this.visibleButtons.length + Math.sign(this.additionalButtons.length) > most) {
                const extra = this.visibleButtons.splice(Math.max(most - 1, 0));
                this.additionalButtons = [...extra, ...this.additionalButtons];
            }
            this.isFull = false; // a full box takes all the room there is
        });
        super.setup();
    }
}

export class OutsourcingFormController extends FormController {
    static components = { ...FormController.components, ButtonBox: ShortButtonBox };

    get className() {
        return {
            ...super.className,
            o_outsourcing_form: true,
            o_outsourcing_counting: Boolean(this.model.root?.isCounting),
        };
    }

    onWillLoadRoot(config) {
        super.onWillLoadRoot(config);
        noteLater(this.archInfo.fieldNodes, config.activeFields);
    }
}

registry.category("views").add("outsourcing_form", {
    ...formView,
    Controller: OutsourcingFormController,
    Model: LaterModel,
});
