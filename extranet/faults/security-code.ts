import { changedCode, changedPicture, codeInWords, codeTold, formerCode } from './code-probe.ts';
import type { Fault } from './fault.ts';
import { page, posted, siretStep } from './probe.ts';
import { fault } from './rule-change.ts';

const step = page('/aparts/creation');
const change = posted('/aparts/creation/code', { siret: '73282932000074', cgu: 'oui' });
const wrong = siretStep({ code: 'x0x0x0' });
const accept = () => undefined;
const notRight = 'le code recopié n’est pas le bon.';

/** Faults of the security code, its change, its tooltip and its alternatives. */
export const securityCodeFaults: readonly Fault[] = [
  fault('code-title-reworded', ['SIRET-09'], step, { siret: { security: 'Vérification' } }),
  fault('code-not-marked', ['SIRET-10'], step, { siret: { marked: { code: false } } }),
  fault('code-field-renamed', ['SIRET-10'], step, { siret: { codeLabel: 'Texte de l’image' } }),
  fault('code-picture-missing', ['SIRET-10'], step, { siret: { picture: () => '' } }),
  fault('captcha-not-enforced', ['SIRET-11', 'SIRET-12', 'SIRET-15'], wrong, {
    siret: { rules: { codeGiven: accept, codeCurrent: accept, codeRight: accept } },
  }),
  fault('empty-code-accepted', ['SIRET-11'], siretStep({ code: '' }), {
    siret: { rules: { codeGiven: accept } },
  }),
  fault('wrong-code-accepted', ['SIRET-12', 'SIRET-15'], wrong, {
    siret: { rules: { codeRight: accept } },
  }),
  fault('wrong-code-of-right-length-accepted', ['SIRET-12', 'SIRET-15'], wrong, {
    siret: {
      rules: { codeRight: (given, shown) => (given.length === shown.length ? undefined : notRight) },
    },
  }),
  fault('right-code-refused', ['SIRET-13', 'SIRET-05', 'SIRET-15', 'SIRET-27', 'A11Y-06'], siretStep(), {
    siret: { rules: { codeRight: () => notRight } },
  }),
  fault('code-expires-at-once', ['SIRET-13', 'SIRET-05', 'SIRET-15', 'SIRET-27', 'A11Y-06'], siretStep(), {
    siret: { codeMinutes: 0 },
  }),
  fault('code-change-draws-the-same', ['SIRET-14', 'SIRET-15'], changedCode, {
    siret: { change: { drawsAnother: false } },
  }),
  fault('code-change-shows-former-picture', ['SIRET-14'], changedPicture, {
    siret: { change: { shows: (now, former) => former ?? now } },
  }),
  fault('former-code-accepted', ['SIRET-15'], formerCode, ({ siret: { rules } }) => ({
    siret: {
      rules: {
        codeRight: (given, shown, former) =>
          given === former ? undefined : rules.codeRight(given, shown, former),
      },
    },
  })),
  fault('code-change-loses-entries', ['SIRET-16'], change, {
    siret: { change: { keepsSiret: false, keepsTerms: false } },
  }),
  fault('code-change-loses-siret', ['SIRET-16'], change, { siret: { change: { keepsSiret: false } } }),
  fault('code-change-unticks-cgu', ['SIRET-16'], change, { siret: { change: { keepsTerms: false } } }),
  fault('tooltip-never-shown', ['SIRET-17', 'SIRET-18', 'SIRET-19', 'A11Y-04'], step, {
    siret: { change: { tooltip: { onHover: false, onFocus: false } } },
  }),
  fault('tooltip-empty', ['SIRET-17', 'SIRET-18', 'SIRET-19', 'A11Y-04'], step, {
    siret: { change: { tooltip: { title: '', text: '' } } },
  }),
  fault('tooltip-without-title', ['SIRET-18'], step, { siret: { change: { tooltip: { title: 'Aide' } } } }),
  fault('tooltip-says-something-else', ['SIRET-19'], step, {
    siret: { change: { tooltip: { text: 'Cliquez pour changer le code.' } } },
  }),
  fault('tooltip-cut-short', ['SIRET-19'], step, ({ siret: { change } }) => ({
    siret: { change: { tooltip: { text: change.tooltip.text.slice(0, 80) } } },
  })),
  fault('change-control-is-a-bare-picture', ['SIRET-20', 'SIRET-14'], step, {
    siret: { change: { isButton: false } },
  }),
  fault('tooltip-not-on-focus', ['A11Y-04'], step, { siret: { change: { tooltip: { onFocus: false } } } }),
  fault('tooltip-not-dismissible', ['A11Y-04'], step, {
    siret: { change: { tooltip: { dismissible: false } } },
  }),
  fault('picture-alternative-gives-code', ['A11Y-05'], codeTold, {
    siret: { codeAlternative: (code) => `Code de sécurité ${code}` },
  }),
  fault('picture-alternative-says-nothing', ['A11Y-05'], step, { siret: { codeAlternative: () => 'Image' } }),
  fault('picture-without-alternative', ['A11Y-05', 'A11Y-12'], step, {
    siret: { codeAlternative: () => undefined },
  }),
  fault('no-way-without-picture', ['A11Y-06'], step, { siret: { spelled: { offered: false } } }),
  fault('code-in-words-refused', ['A11Y-06'], codeInWords, ({ siret: { rules } }) => ({
    siret: {
      rules: {
        codeRight: (given, shown, former) =>
          /^\d+$/.test(shown) ? notRight : rules.codeRight(given, shown, former),
      },
    },
  })),
];
