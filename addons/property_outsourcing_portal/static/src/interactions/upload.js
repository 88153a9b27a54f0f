import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

const MEGABYTE = 1024 * 1024;

/**
 * Say why a file is too large before it is sent, or return "".
 */
export function getSizeError(file, maxPhoto, maxVideo) {
    const limit = file.type.startsWith("video/") ? maxVideo : maxPhoto;
    if (limit && file.size > limit * MEGABYTE) {
        return _t("%(file)s is too large: %(size)s MB, at most %(limit)s MB.", {
            file: file.name,
            size: Math.ceil(file.size / MEGABYTE),
            limit,
        });
    }
    return file.size ? "" : _t("%s is empty.", file.name);
}

/**
 * Send photos as soon as they are taken, one per request, with progress. Without JavaScript the same input goes with
 * the form around it.
 */
export class OutsourcingUpload extends Interaction {
    static selector = ".o_outsourcing_upload";
    dynamicContent = {
        ".o_outsourcing_upload_input": { "t-on-change": this.onChange, "t-att-disabled": () => this.busy },
        ".o_outsourcing_progress": { "t-att-class": () => ({ "d-none": !this.busy }) },
        ".progress-bar": { "t-att-style": () => ({ width: `${this.percent}%` }) },
        ".o_outsourcing_upload_error": { "t-out": () => this.errors.join(" ") },
    };

    setup() {
        this.busy = false;
        this.percent = 0;
        this.errors = [];
        // the button of the plain form is needed without JavaScript only
        const form = this.el.closest(".o_outsourcing_upload_form");
        form?.querySelector(".o_outsourcing_no_js")?.classList.add("d-none");
    }

    async onChange(ev) {
        const input = ev.currentTarget;
        const files = [...input.files];
        const { maxPhoto, maxVideo } = this.el.dataset;
        this.busy = true;
        this.errors = [];
        this.updateContent();
        for (const file of files) {
            const error = getSizeError(file, Number(maxPhoto), Number(maxVideo));
            if (error) {
                this.errors.push(error);
                continue;
            }
            const answer = await this.waitFor(this.send(file));
            if (answer.error) {
                this.errors.push(answer.error);
            }
            for (const photo of answer.files || []) {
                this.addThumbnail(photo);
            }
        }
        // what was sent is not sent again with the form
        input.value = "";
        this.busy = false;
        this.updateContent();
    }

    send(file) {
        const data = new FormData();
        data.append("csrf_token", odoo.csrf_token);
        data.append("phase", this.el.dataset.phase);
        if (this.el.dataset.lineId) {
            data.append("line_id", this.el.dataset.lineId);
        }
        data.append("files", file, file.name);
        return new Promise((resolve) => {
            const request = new XMLHttpRequest();
            request.open("POST", this.el.dataset.url);
            request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
            request.upload.addEventListener("progress", (ev) => {
                this.percent = ev.lengthComputable ? Math.round((100 * ev.loaded) / ev.total) : 50;
                this.updateContent();
            });
            request.addEventListener("load", () => resolve(this.readAnswer(request)));
            request.addEventListener("error", () =>
                resolve({ error: _t("The photo was not sent: no connection, or the file is too large.") })
            );
            request.send(data);
        });
    }

    readAnswer(request) {
        try {
            return JSON.parse(request.responseText);
        } catch {
            return {
                error:
                    request.status === 413
                        ? _t("The file is too large.")
                        : _t("The photo was not kept. Load the page again and repeat."),
            };
        }
    }

    addThumbnail(photo) {
        const link = document.createElement("a");
        link.href = photo.url;
        link.target = "_blank";
        link.className = "o_outsourcing_photo";
        link.title = photo.name;
        const image = document.createElement("img");
        image.src = photo.thumb;
        image.alt = photo.name;
        link.append(image);
        this.el.querySelector(".o_outsourcing_photos").append(link);
    }
}

/** Files that travel with their form: refuse too large ones before they are sent. */
export class OutsourcingSizedForm extends Interaction {
    static selector = ".o_outsourcing_sized";
    dynamicContent = {
        "input[type=file]": { "t-on-change": this.onChange },
        ".o_outsourcing_form_error": { "t-out": () => this.error },
    };

    setup() {
        this.error = "";
    }

    onChange(ev) {
        const { maxPhoto, maxVideo } = this.el.dataset;
        const errors = [...ev.currentTarget.files].map((file) =>
            getSizeError(file, Number(maxPhoto), Number(maxVideo))
        );
        this.error = errors.filter(Boolean).join(" ");
        if (this.error) {
            ev.currentTarget.value = "";
        }
    }
}

registry.category("public.interactions").add("property_outsourcing_portal.upload", OutsourcingUpload);
registry.category("public.interactions").add("property_outsourcing_portal.sized_form", OutsourcingSizedForm);
