import { z } from 'zod';

/** One request of a browser and its answer, as a person reads them. */
export type Exchange = {
  method: string;
  url: string;
  status: number;
  type: string;
  sent: string;
  /** Where the answer sends the browser; empty where it does not. */
  to: string;
};

/** What a recording holds besides is left to the tools that read it whole. */
const har = z.object({
  log: z.object({
    entries: z.array(
      z.object({
        request: z.object({
          method: z.string(),
          url: z.string(),
          postData: z.object({ text: z.string().optional() }).optional(),
        }),
        response: z.object({
          status: z.number(),
          content: z.object({ mimeType: z.string().optional() }).optional(),
          redirectURL: z.string().optional(),
        }),
      }),
    ),
  }),
});

const picture = /^(image|font|text\/css|text\/javascript|application\/javascript)/;

/** The exchanges of a HAR without its pictures, styles and scripts; undefined when it is none. */
export function exchangesOf(text: string): Exchange[] | undefined {
  try {
    const { entries } = har.parse(JSON.parse(text)).log;
    return entries
      .map(({ request, response }) => ({
        method: request.method,
        url: request.url,
        status: response.status,
        type: response.content?.mimeType?.split(';')[0] ?? '',
        sent: request.postData?.text ?? '',
        to: response.redirectURL ?? '',
      }))
      .filter(({ type }) => !picture.test(type));
  } catch {
    return undefined;
  }
}
