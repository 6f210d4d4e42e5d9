import { escaped } from './markup.ts';

/** A picture: where its data are, and its size in pixels. */
type Picture = { src: string; width: string; height: string };

const blue = ['#7fa3cc', '#2f5f98', '#1f4675'] as const;
const grey = ['#f4f4f4', '#c6c6c6', '#8a8a8a'] as const;

/** A button drawn as a picture, its text in it. */
export function buttonPicture(text: string, { quiet }: { quiet: boolean }): Picture {
  const [light, dark, edge] = quiet ? grey : blue;
  // Bold Verdana of 11 pixels takes about so much for a letter, capitals more.
  const width = Math.round([...text].reduce((sum, one) => sum + (one === one.toLowerCase() ? 7.2 : 9.2), 28));
  return picture(
    width,
    24,
    `<defs><linearGradient id="f" x2="0" y2="1"><stop stop-color="${light}"/><stop offset="1" stop-color="${dark}"/></linearGradient></defs>` +
      `<rect x=".5" y=".5" width="${width - 1}" height="23" rx="3" fill="url(#f)" stroke="${edge}"/>` +
      `<text x="50%" y="16" text-anchor="middle" font-family="Verdana,'DejaVu Sans',sans-serif" font-size="11" font-weight="bold" fill="${quiet ? '#333' : '#fff'}">${escaped(text)}</text>`,
  );
}

/** Two arrows that chase each other. */
export const refreshPicture: Picture = picture(
  24,
  24,
  '<rect x=".5" y=".5" width="23" height="23" fill="#e8e8e8" stroke="#8a8a8a"/>' +
    '<path d="M5 11a7 7 0 0 1 12-4l2 2M19 4v5h-5M19 13a7 7 0 0 1-12 4l-2-2M5 20v-5h5" fill="none" stroke="#1f4675" stroke-width="2"/>',
);

function picture(width: number, height: number, content: string): Picture {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${content}</svg>`;
  return {
    src: `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`,
    width: String(width),
    height: String(height),
  };
}
