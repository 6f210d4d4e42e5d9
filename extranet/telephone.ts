import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** Numbering plans in which a number without prefix is read, in turn: an overseas 0590 is not valid in FR. */
const plans: readonly CountryCode[] = ['FR', 'GP', 'GF', 'MQ', 'RE', 'YT'];

/** The number in E.164 form (+33…), or undefined when it is valid in none of the French numbering plans. */
export function readTelephone(typed: string): string | undefined {
  for (const defaultCountry of plans) {
    const number = parsePhoneNumberFromString(typed, { defaultCountry, extract: false });
    if (number?.isValid()) return number.number;
  }
  return undefined;
}
