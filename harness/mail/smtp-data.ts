const ending = Buffer.from('\r\n.\r\n');
/** A dot that opens the mail ends it too: the line before it is the command. */
const opening = Buffer.from('\r\n');

/** The bytes between DATA and the lone dot, wherever TCP cuts them. */
export type SmtpData = {
  /** Takes bytes. Answers those that follow the lone dot, or undefined as long as there was none. */
  take(bytes: Buffer): Buffer | undefined;
  /** The mail without the doubled dots of the wire, to the CRLF of its last line; undefined above the limit. */
  mail(): Buffer | undefined;
};

/** Collects one mail of at most `limit` bytes; of a larger one it keeps nothing and still finds the end. */
export function collectData(limit: number): SmtpData {
  let kept: Buffer[] = [];
  let length = -opening.length;
  let unsettled: Buffer = opening;

  function keep(bytes: Buffer): void {
    length += bytes.length;
    if (length > limit) kept = [];
    else kept.push(bytes);
  }

  return {
    take: (bytes) => {
      const wire = Buffer.concat([unsettled, bytes]);
      const end = wire.indexOf(ending);
      if (end >= 0) {
        keep(wire.subarray(0, end + 2));
        return wire.subarray(end + ending.length);
      }
      const settled = Math.max(0, wire.length - ending.length + 1);
      if (settled > 0) keep(wire.subarray(0, settled));
      unsettled = wire.subarray(settled);
      return undefined;
    },
    mail: () => {
      if (length > limit) return undefined;
      const [first] = kept;
      const wire = kept.length === 1 && first ? first : Buffer.concat(kept);
      return unstuffed(wire).subarray(opening.length);
    },
  };
}

/** Without one of two dots that begin a line; a single one stays, though a careful sender would have doubled it. */
function unstuffed(wire: Buffer): Buffer {
  const parts: Buffer[] = [];
  let from = 0;
  for (let at = wire.indexOf('\n..'); at >= 0; at = wire.indexOf('\n..', at + 1)) {
    parts.push(wire.subarray(from, at + 1));
    from = at + 2;
  }
  if (from === 0) return wire;
  parts.push(wire.subarray(from));
  return Buffer.concat(parts);
}
