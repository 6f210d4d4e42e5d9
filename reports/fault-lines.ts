import { counted } from './wording.ts';

/** How many faults are listed one by one. */
const listed = 10;

/** The faults of mails, a line each; of many the first ones, and how many more `load.json` has. */
export function faultLines(faults: readonly string[]): string[] {
  return [
    ...faults.slice(0, listed).map((fault) => `  × ${fault}`),
    ...(faults.length > listed
      ? [`  … et ${counted(faults.length - listed, ['autre', 'autres'])}, dans load.json`]
      : []),
  ];
}
