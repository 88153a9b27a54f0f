import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

/** A field to sign in with the finger; the picture travels with its form. */
export class OutsourcingSignature extends Interaction {
    static selector = ".o_outsourcing_sign_form";
    dynamicContent = {
        ".o_outsourcing_signature_pad": {
            "t-on-pointerdown": this.onDown,
            "t-on-pointermove": this.onMove,
            "t-on-pointerup": this.onUp,
            "t-on-pointercancel": this.onUp,
        },
        ".o_outsourcing_signature_clear": { "t-on-click.prevent": this.clear },
        ".o_outsourcing_signature_error": { "t-out": () => this.error },
        _root: { "t-on-submit": this.onSubmit },
    };

    setup() {
        this.error = "";
        this.strokes = 0;
        this.drawing = false;
        this.pad = this.el.querySelector(".o_outsourcing_signature_pad");
        this.context = this.pad.getContext("2d");
        this.clear();
    }

    clear() {
        this.context.fillStyle = "white";
        this.context.fillRect(0, 0, this.pad.width, this.pad.height);
        this.context.lineWidth = 4;
        this.context.lineCap = "round";
        this.context.lineJoin = "round";
        this.strokes = 0;
    }

    getPoint(ev) {
        const box = this.pad.getBoundingClientRect();
        return [
            ((ev.clientX - box.left) * this.pad.width) / box.width,
            ((ev.clientY - box.top) * this.pad.height) / box.height,
        ];
    }

    onDown(ev) {
        ev.preventDefault();
        this.drawing = true;
        this.error = "";
        this.context.beginPath();
        this.context.moveTo(...this.getPoint(ev));
    }

    onMove(ev) {
        if (!this.drawing) {
            return;
        }
        this.context.lineTo(...this.getPoint(ev));
        this.context.stroke();
        this.strokes += 1;
    }

    onUp() {
        this.drawing = false;
    }

    onSubmit(ev) {
        if (ev.submitter?.matches(".o_outsourcing_save")) {
            return; // keeps the draft, signs nothing
        }
        if (!this.strokes) {
            ev.preventDefault();
            this.error = _t("Please sign in the field.");
            return;
        }
        this.el.querySelector("input[name=signature]").value = this.pad.toDataURL("image/png").split(",")[1];
    }
}

registry.category("public.interactions").add("property_outsourcing_portal.signature", OutsourcingSignature);
