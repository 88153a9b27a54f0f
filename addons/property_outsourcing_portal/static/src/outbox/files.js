import { _t } from "@web/core/l10n/translation";

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

/** A fingerprint that tells the same photo chosen twice; crypto.subtle is missing on plain http. */
export async function getFingerprint(file) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    let hash = 2166136261;
    for (const byte of bytes) {
        hash = Math.imul(hash ^ byte, 16777619);
    }
    return `${file.size}-${hash >>> 0}`;
}
