import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

const LEAST = 0.25; // of the width of the field, drawn in all

/** A field to sign in with the finger; the picture travels with its form and lies in its draft. */
export class OutsourcingSignature extends Interaction {
    static selector = ".o_outsourcing_sign_form";
    dynamicContent = {
        ".o_outsourcing_signature_pad": {
            "t-on-pointerdown": this.onDown,
            "t-on-pointermove": this.onMove,
            "t-on-pointerup": this.onUp,
            "t-on-pointercancel": this.onUp,
        },
        ".o_outsourcing_signature_clear": { "t-on-click.prevent": this.onClear },
        ".o_outsourcing_signature_error": { "t-out": () => this.error },
        _root: {
            "t-on-submit": this.onSubmit,
            "t-on-outsourcing-collect": this.onSubmit,
            "t-on-outsourcing-restored": this.onRestored,
        },
    };

    setup() {
        this.error = "";
        this.pad = this.el.querySelector(".o_outsourcing_signature_pad");
        this.input = this.el.querySelector("input[name=signature]");
        this.context = this.pad.getContext("2d");
        this.clear();
    }

    clear() {
        this.context.fillStyle = "white";
        this.context.fillRect(0, 0, this.pad.width, this.pad.height);
        this.context.lineWidth = 4;
        this.context.lineCap = "round";
        this.context.lineJoin = "round";
        this.drawn = 0;
        this.left = false;
        this.drawing = false;
        this.input.value = "";
    }

    onClear() {
        this.clear();
        this.error = "";
        this.tellDraft();
    }

    /** What is signed is part of the draft. */
    tellDraft() {
        this.el.dispatchEvent(new Event("input", { bubbles: true }));
    }

    onRestored() {
        if (!this.input.value) {
            return;
        }
        const picture = new Image();
        picture.onload = () => this.context.drawImage(picture, 0, 0);
        picture.src = `data:image/png;base64,${this.input.value}`;
        this.drawn = this.pad.width;
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
        try {
            this.pad.setPointerCapture(ev.pointerId); // the finger is followed beyond the field
        } catch {
            // a pointer the browser does not know
        }
        this.drawing = true;
        this.error = "";
        this.point = this.getPoint(ev);
        this.context.beginPath();
        this.context.moveTo(...this.point);
    }

    onMove(ev) {
        if (!this.drawing) {
            return;
        }
        const [x, y] = this.getPoint(ev);
        this.drawn += Math.hypot(x - this.point[0], y - this.point[1]);
        this.point = [x, y];
        this.left ||= x < 2 || y < 2 || x > this.pad.width - 2 || y > this.pad.height - 2;
        this.context.lineTo(x, y);
        this.context.stroke();
    }

    onUp() {
        if (!this.drawing) {
            return;
        }
        this.drawing = false;
        this.error = this.left ? this.getProblem() : "";
        this.input.value = this.getProblem() ? "" : this.pad.toDataURL("image/png").split(",")[1];
        this.tellDraft();
    }

    getProblem() {
        if (this.left) {
            return _t("The signature left the field. Press Clear and sign within it.");
        }
        if (!this.drawn) {
            return _t("Please sign in the field.");
        }
        const isDot = this.drawn < LEAST * this.pad.width;
        return isDot ? _t("A signature is more than a dot: please write your name in the field.") : "";
    }

    onSubmit(ev) {
        const submitter = ev.submitter || ev.detail?.submitter;
        if (submitter?.matches(".o_outsourcing_save")) {
            return; // keeps the draft, signs nothing
        }
        this.error = this.getProblem();
        if (this.error) {
            ev.preventDefault();
            this.pad.scrollIntoView({ block: "center" });
        }
    }
}

registry.category("public.interactions").add("property_outsourcing_portal.signature", OutsourcingSignature);
