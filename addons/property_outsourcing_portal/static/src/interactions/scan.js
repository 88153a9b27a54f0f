import { Component, useState, xml } from "@odoo/owl";
import { loadJS } from "@web/core/assets";
import { BarcodeVideoScanner, isBarcodeScannerSupported } from "@web/core/barcode/barcode_video_scanner";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

const SIZES = [1200, 800, 2000]; // pixels of the longer side a photo is read at

/** Open what a code stands for; without a connection say so and stay. */
function openCode(code, say) {
    if (!navigator.onLine) {
        return say(_t("%s was read, but there is no signal: scan again when it is back.", code));
    }
    navigator.vibrate?.(80);
    location.assign(`/my/outsourcing/scan?code=${encodeURIComponent(code)}`);
}

/** Core's scanner reads a narrow strip, made for goods; a label is read wherever it stands in the picture. */
class WholePictureScanner extends BarcodeVideoScanner {
    onResize() {
        this.overlayInfo = {};
    }
}

export class OutsourcingScanCamera extends Component {
    static components = { WholePictureScanner };
    static props = {};
    static template = xml`
        <button t-if="state.mode === 'closed'" type="button" class="btn btn-primary o_outsourcing_btn w-100 mb-3 o_outsourcing_scan_open" t-on-click="() => this.state.mode = 'open'">
            <i class="fa fa-qrcode me-1" role="img" aria-hidden="true"/><t t-out="texts.open"/>
        </button>
        <div t-elif="state.mode === 'open'" class="o_outsourcing_scan_video mb-3">
            <WholePictureScanner facingMode="'environment'" onResult.bind="onResult" onError.bind="onError" delayBetweenScan="1500"/>
        </div>
        <p t-if="state.text" class="alert alert-warning" role="status" t-out="state.text"/>
    `;

    setup() {
        this.texts = { open: _t("Scan with the camera") };
        const isSupported = isBarcodeScannerSupported();
        const text = isSupported ? "" : _t("This browser gives no access to the camera here: photograph the label, or type its code.");
        this.state = useState({ mode: isSupported ? "closed" : "none", text });
    }

    onResult(code) {
        openCode(code, (text) => (this.state.text = text));
    }

    onError(error) {
        Object.assign(this.state, {
            mode: "closed",
            text: _t("The camera cannot be used (%s): photograph the label, or type its code.", error.message),
        });
    }
}

registry.category("public_components").add("property_outsourcing_portal.scan", OutsourcingScanCamera);

/** Where no camera runs within the page: a photo of the label is read on the phone. */
export class OutsourcingScanPhoto extends Interaction {
    static selector = ".o_outsourcing_scan";
    dynamicContent = {
        ".o_outsourcing_scan_photo": { "t-on-change": this.onChange },
        ".o_outsourcing_scan_status": { "t-out": () => this.status },
    };

    setup() {
        this.status = "";
    }

    say(text) {
        this.status = text;
        this.updateContent();
    }

    async onChange(ev) {
        const [file] = ev.currentTarget.files;
        if (!file) {
            return;
        }
        ev.currentTarget.value = "";
        this.say(_t("Reading the photo…"));
        const code = await this.waitFor(this.read(file).catch(() => ""));
        if (code) {
            openCode(code, (text) => this.say(text));
        } else {
            this.say(_t("No code was found in the photo: hold the phone closer and straight, or type the code."));
        }
    }

    async read(file) {
        const picture = await createImageBitmap(file);
        if ("BarcodeDetector" in window) {
            const codes = await new window.BarcodeDetector().detect(picture);
            if (codes.length) {
                return codes[0].rawValue;
            }
        }
        await loadJS("/web/static/lib/zxing-library/zxing-library.js");
        for (const size of SIZES) {
            const code = this.readAt(picture, Math.min(1, size / Math.max(picture.width, picture.height)));
            if (code) {
                return code;
            }
        }
        return "";
    }

    readAt(picture, scale) {
        const { ZXing } = window;
        const canvas = document.createElement("canvas");
        canvas.width = picture.width * scale;
        canvas.height = picture.height * scale;
        canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
        const source = new ZXing.HTMLCanvasElementLuminanceSource(canvas);
        const reader = new ZXing.MultiFormatReader();
        reader.setHints(new Map([[ZXing.DecodeHintType.TRY_HARDER, true]]));
        try {
            return reader.decode(new ZXing.BinaryBitmap(new ZXing.HybridBinarizer(source))).getText();
        } catch {
            return "";
        }
    }
}

registry.category("public.interactions").add("property_outsourcing_portal.scan_photo", OutsourcingScanPhoto);
