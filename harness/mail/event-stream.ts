/**
 * The `data` of each server-sent event, in order (HTML standard, "Server-sent events"); other fields are
 * dropped. Ends when the server ends the stream and throws when the connection breaks.
 */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let unfinished: string[] = [];
  let data: string[] = [];
  for await (const bytes of body) {
    const text = decoder.decode(bytes, { stream: true });
    // Joined once per line: an event of many megabytes comes in thousands of pieces.
    if (!text.includes('\n')) {
      unfinished.push(text);
      continue;
    }
    const lines = (unfinished.join('') + text).split('\n');
    unfinished = [lines.pop() ?? ''];
    for (const line of lines.map((ended) => ended.replace(/\r$/, ''))) {
      if (line.startsWith('data:')) data.push(line.slice(5).replace(/^ /, ''));
      if (line !== '' || data.length === 0) continue;
      yield data.join('\n');
      data = [];
    }
  }
}
