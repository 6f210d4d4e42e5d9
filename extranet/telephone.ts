import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** Numbering plans in which a number without prefix is read, in turn: 0590 27 12 34 is not valid in FR. */
const plans: readonly CountryCode[] = ['FR', 'GP', 'GF', 'MQ', 'RE', 'YT'];

/** Whether it is a telephone number, and nothing besides, in a French plan or with its country's prefix. */
export function isTelephone(typed: string): boolean {
  return plans.some((defaultCountry) =>
    parsePhoneNumberFromString(typed, { defaultCountry, extract: false })?.isValid(),
  );
}
