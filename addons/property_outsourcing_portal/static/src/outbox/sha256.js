/**
 * SHA-256 of bytes, as hexadecimal text. Written out, because crypto.subtle is missing on plain http, where most
 * phones of a site office are.
 */
const PRIMES = [];
for (let number = 2; PRIMES.length < 64; number++) {
    if (PRIMES.every((prime) => number % prime)) {
        PRIMES.push(number);
    }
}
const getFraction = (root) => ((root - Math.floor(root)) * 2 ** 32) | 0;
const START = PRIMES.slice(0, 8).map((prime) => getFraction(Math.sqrt(prime)));
const ROUNDS = PRIMES.map((prime) => getFraction(Math.cbrt(prime)));
const BLOCK = 64;

const turn = (word, bits) => (word >>> bits) | (word << (32 - bits));

function mix(state, words) {
    for (let i = 16; i < BLOCK; i++) {
        const [early, late] = [words[i - 15], words[i - 2]];
        const first = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3);
        const second = turn(late, 17) ^ turn(late, 19) ^ (late >>> 10);
        words[i] = (words[i - 16] + first + words[i - 7] + second) | 0;
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < BLOCK; i++) {
        const choice = (e & f) ^ (~e & g);
        const first = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + choice + ROUNDS[i] + words[i]) | 0;
        const majority = (a & b) ^ (a & c) ^ (b & c);
        const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + majority) | 0;
        [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((word, i) => (state[i] = (state[i] + word) | 0));
}

export function getSha256(bytes) {
    const end = bytes.length - (bytes.length % BLOCK);
    const rest = new Uint8Array(bytes.length % BLOCK < 56 ? BLOCK : 2 * BLOCK);
    rest.set(bytes.subarray(end));
    rest[bytes.length - end] = 0x80;
    const tail = new DataView(rest.buffer);
    tail.setUint32(rest.length - 8, Math.floor(bytes.length / 2 ** 29));
    tail.setUint32(rest.length - 4, (bytes.length << 3) >>> 0);
    const state = [...START];
    const words = new Int32Array(BLOCK);
    const take = (view, offset) => {
        for (let i = 0; i < 16; i++) {
            words[i] = view.getInt32(offset + 4 * i);
        }
        mix(state, words);
    };
    const whole = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let offset = 0; offset < end; offset += BLOCK) {
        take(whole, offset);
    }
    for (let offset = 0; offset < rest.length; offset += BLOCK) {
        take(tail, offset);
    }
    return state.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}
