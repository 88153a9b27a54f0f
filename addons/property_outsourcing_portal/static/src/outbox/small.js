import { getSha256 } from "./sha256";
import { makeKey } from "./send";

const SIDE = 1280;
const QUALITY = 0.6;
const WORTH = 300 * 1024; // what is smaller is sent as it is
const FAR = 15000; // how long a photo may still take, in milliseconds, before a small one goes ahead
const LOOK = 2500; // how long the line is watched first

const getFile = (item) => item.entries.find(([name]) => name === "files")?.[1];

/** Whether a small picture may go ahead of `item`: a photo whose small picture was not made yet. */
export function mayGoSmall(item) {
    const file = item.kind === "photo" && !item.small && getFile(item);
    return Boolean(file) && file.type.startsWith("image/") && file.size > WORTH;
}

/** Whether a line that took `loaded` of `total` bytes in `spent` milliseconds is too slow for photos; null: too early. */
export function isSlow(loaded, total, spent) {
    if (spent < LOOK) {
        return null;
    }
    return ((total - loaded) / Math.max(loaded, 1)) * spent > FAR;
}

/** Whether a photo that took `spent` milliseconds tells that the line is good again. */
export const isFast = (spent) => spent < LOOK;

async function draw(file) {
    const image = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, SIDE / Math.max(image.width, image.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(image.width * scale);
    canvas.height = Math.round(image.height * scale);
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    image.close();
    return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
}

/**
 * Return what is sent ahead of a photo: {state, key, original, file}, `original` the hash of the file that follows.
 * {state: "none"} where the phone cannot draw it, or it would not be smaller by half.
 */
export async function makeSmall(item) {
    const file = getFile(item);
    const blob = await draw(file).catch(() => null);
    // what the phone has no room to hash must not hold up all that waits
    const bytes = blob && (await file.arrayBuffer().catch(() => null));
    if (!bytes || blob.size > file.size / 2) {
        return { state: "none" };
    }
    const original = getSha256(new Uint8Array(bytes));
    const name = `${file.name.replace(/\.\w+$/, "")}.jpg`;
    return { state: "waiting", key: makeKey(), original, file: new File([blob], name, { type: "image/jpeg" }) };
}

/** Return the row of the outbox as it is sent ahead: the same document and place, the small picture, its own key. */
export function getSmallItem(item) {
    const { key, original, file } = item.small;
    const entries = item.entries.map(([name, value]) => [name, name === "files" ? file : value]);
    return { ...item, key, entries: [...entries, ["original", original]] };
}
