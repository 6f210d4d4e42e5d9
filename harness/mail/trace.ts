/** A header field: its name in lower case and its value, unfolded and otherwise as sent. */
export type Field = { name: string; value: string };

/** Who sent a mail and to whom, apart from what its headers claim. */
export type Envelope = { sender: string; recipients: string[] };

/** The fields of a mail's header in their order. Lines that are no field are passed over. */
export function readFields(raw: Buffer): Field[] {
  const blank = raw.indexOf('\r\n\r\n');
  const fields: Field[] = [];
  for (const line of raw.toString('utf8', 0, blank < 0 ? raw.length : blank).split('\r\n')) {
    const last = fields.at(-1);
    if (last && /^[ \t]/.test(line)) {
      last.value += line;
      continue;
    }
    const [, name, value] = /^([!-9;-~]+)[ \t]*:(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) fields.push({ name: name.toLowerCase(), value });
  }
  return fields.map(({ name, value }) => ({ name, value: value.trim() }));
}

/** The fields that the last server put before its own Received field, and that field: nobody before it wrote them. */
export function lastHop(fields: readonly Field[]): { above: readonly Field[]; received: string | undefined } {
  const at = fields.findIndex(({ name }) => name === 'received');
  return at < 0
    ? { above: fields, received: undefined }
    : { above: fields.slice(0, at), received: fields[at]?.value };
}

/** The envelope sender of Return-Path; empty for the null sender, and where there is none. */
export function returnPath(fields: readonly Field[]): string {
  const value = fields.find(({ name }) => name === 'return-path')?.value ?? '';
  return value.replace(/^<|>$/g, '');
}
