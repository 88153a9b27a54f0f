const NAME = "outsourcing_sent";
const MOST = 5;

function read() {
    try {
        return JSON.parse(localStorage.getItem(NAME)) || [];
    } catch {
        return [];
    }
}

function write(rows) {
    try {
        localStorage.setItem(NAME, JSON.stringify(rows.slice(-MOST)));
    } catch {
        // private mode: said on this page only
    }
}

/** Keep what was sent until somebody has read it: the page may be closed before it shows the document. */
export function keepSent(row) {
    write([...read(), row]);
}

/** Return what was sent for `owner` and read by nobody yet, and forget it. */
export function takeSent(owner) {
    const rows = read();
    write(rows.filter((row) => row.owner !== owner));
    return rows.filter((row) => row.owner === owner);
}
