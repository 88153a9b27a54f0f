import { useState, xml } from "@odoo/owl";
import { isBarcodeScannerSupported } from "@web/core/barcode/barcode_video_scanner";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

import { OutsourcingScanCamera } from "./scan";

/** Reads the square code of a fapiao into its form, where the phone lets a page use the camera. */
export class OutsourcingScanFapiao extends OutsourcingScanCamera {
    static template = xml`
        <t t-if="state.mode !== 'none'">
            <button t-if="state.mode === 'closed'" type="button" class="btn btn-outline-primary o_outsourcing_btn w-100 mb-3 o_outsourcing_scan_open" t-on-click="() => this.state.mode = 'open'">
                <i class="fa fa-qrcode me-1" role="img" aria-hidden="true"/><t t-out="texts.open"/>
            </button>
            <div t-else="" class="o_outsourcing_scan_video mb-3">
                <WholePictureScanner facingMode="'environment'" onResult.bind="onResult" onError.bind="onError" delayBetweenScan="1500"/>
            </div>
            <p t-if="state.text" class="alert alert-info" role="status" t-out="state.text"/>
        </t>`;

    setup() {
        this.texts = { open: _t("Scan the fapiao with the camera") };
        // without a camera the text of the code is typed as before
        this.state = useState({ mode: isBarcodeScannerSupported() ? "closed" : "none", text: "" });
    }

    onResult(code) {
        const input = document.querySelector(".o_outsourcing_fapiao [name='qr_text']");
        if (!/^01,/.test(code)) {
            this.state.text = _t("This is not the code of a fapiao.");
            return;
        }
        navigator.vibrate?.(80);
        input.value = code;
        input.dispatchEvent(new Event("input", { bubbles: true }));
        input.dispatchEvent(new Event("change", { bubbles: true }));
        Object.assign(this.state, { mode: "closed", text: _t("The code was read. Add the file and hand it in.") });
    }

    onError(error) {
        Object.assign(this.state, { mode: "closed", text: _t("The camera cannot be used (%s).", error.message) });
    }
}

registry.category("public_components").add("property_outsourcing_portal.scan_fapiao", OutsourcingScanFapiao);
