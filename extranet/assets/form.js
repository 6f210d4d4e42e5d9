// What the pages enforce beyond HTML. Each rule comes from the page, as an attribute of its field.

document.documentElement.classList.add('js');

const announcement = document.getElementById('annonce');

function announce(text) {
  if (!announcement) return;
  // Emptied first, so that the same text is told again.
  announcement.textContent = '';
  requestAnimationFrame(() => {
    announcement.textContent = text;
  });
}

const isPasteKey = (event) => (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'v';
/** How a paste is noticed, and what becomes of it. */
const pastes = {
  prevented: ['paste', () => true],
  shortcut: ['keydown', isPasteKey],
  emptied: ['input', (event) => event.inputType === 'insertFromPaste'],
};
const [paste, isPaste] = pastes[document.getElementById('demande')?.dataset.paste ?? 'prevented'];

for (const [event, rule, applies] of [
  [paste, 'pasteRefused', isPaste],
  ['drop', 'dropRefused', () => true],
]) {
  document.addEventListener(event, (refused) => {
    const text = refused.target instanceof HTMLElement ? refused.target.dataset[rule] : undefined;
    if (!text || !applies(refused)) return;
    refused.preventDefault();
    // Too late to prevent what is in the field already.
    if (event === 'input') refused.target.value = '';
    announce(text);
    explain(refused.target, text);
  });
}

document.addEventListener('keydown', (event) => {
  const keys = event.target instanceof HTMLElement ? event.target.dataset.keysRefused : undefined;
  if (keys?.split(' ').includes(event.key)) event.preventDefault();
});

/** Shows a text under its field until the next key there. */
function explain(field, text) {
  const id = `${field.id}-refus`;
  const note = document.getElementById(id) ?? document.createElement('p');
  note.id = id;
  note.className = 'error';
  note.textContent = text;
  field.after(note);
  field.addEventListener('input', () => note.remove(), { once: true });
}

// maxlength counts UTF-16 units and would stop letters typed as base and accent too early.
for (const field of document.querySelectorAll('[data-limit]')) {
  const limit = Number(field.dataset.limit);
  field.removeAttribute('maxlength');
  field.addEventListener('input', (event) => {
    const characters = [...field.value.normalize('NFC')];
    if (event.isComposing || characters.length <= limit) return;
    field.value = characters.slice(0, limit).join('');
    announce(`${limit} caractères au plus.`);
  });
}

const form = document.getElementById('demande');
if (form?.dataset.towns) {
  const code = document.getElementById('codePostal');
  const towns = document.getElementById('ville');
  let asked = code.value;
  const load = async () => {
    const typed = code.value.replaceAll(' ', '');
    if (typed === asked) return;
    asked = typed;
    const complete = /^\d{5}$/.test(typed);
    const names = complete ? await townsOf(typed) : [];
    if (asked !== typed || !names) return;
    const { townsNone, townsChoose, townsUnknown } = form.dataset;
    const first = names.length > 0 ? townsChoose : complete ? townsUnknown : townsNone;
    const chosen = names.length === 1 ? names[0] : towns.value;
    const foreign = 'dropsForeign' in form.dataset || !chosen || names.includes(chosen) ? [] : [chosen];
    towns.replaceChildren(
      new Option(first, ''),
      ...[...names, ...foreign].map((name) => new Option(name, name, false, name === chosen)),
    );
    if (complete) announce(names.length > 0 ? `${names.length} ville(s) pour ce code postal.` : townsUnknown);
  };
  const townsOf = async (typed) => {
    const answer = await fetch(`${form.dataset.towns}?codePostal=${encodeURIComponent(typed)}`).catch(
      () => undefined,
    );
    return answer?.ok ? (await answer.json()).villes : undefined;
  };
  code.addEventListener('input', load);
  code.addEventListener('change', load);
}

const change = document.getElementById('changer');
const picture = document.getElementById('code-image');
if (change && picture && 'keepsEntries' in change.dataset) {
  change.addEventListener('click', async (event) => {
    event.preventDefault();
    const answer = await fetch(change.formAction, {
      method: 'POST',
      headers: { accept: 'application/json' },
    }).catch(() => undefined);
    // Without an answer the button does what it does without this script.
    if (!answer?.ok) return change.form.requestSubmit(change);
    picture.src = (await answer.json()).image;
    document.getElementById('code').value = '';
    announce(change.dataset.done);
  });
}

// A tooltip closes with Escape and comes back with the next visit of its button.
for (const tip of document.querySelectorAll('.tip.dismissible')) {
  for (const event of ['mouseenter', 'focusin'])
    tip.addEventListener(event, () => tip.classList.remove('dismissed'));
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') tip.classList.add('dismissed');
  });
}

document.getElementById('alerte')?.focus();
