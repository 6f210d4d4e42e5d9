import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The code that this site always asks for. */
export const foreignCode = 'abracadabra';

const page = (body: string) =>
  `<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Portail</title></head><body>${body}</body></html>`;
const row = (words: string, name: string, control = `<input name="${name}">`) =>
  `<tr><td>${words}</td><td>${control}</td></tr>`;

const home =
  page(`<form method="get" action="/recherche"><input name="q" placeholder="Rechercher"><button>OK</button></form>
<form method="post" action="/entree"><input name="login" placeholder="Identifiant"><input type="password" name="mdp">
<input type="submit" value="Se connecter"> <input type="reset" value="Effacer"></form>
<p><a href="/inscription?etape=1">Inscription des nouveaux employeurs</a></p>`);

const siretStep = (said: string) =>
  page(`<p>${said}</p><form method="post" action="/inscription"><table>
<tr><td>Numéro SIRET de votre entreprise</td><td>*</td><td><input id="f_1" name="a1"></td></tr>
<tr><td>Saisissez le cryptogramme</td><td>*</td><td><input id="f_2" name="a2"> <button name="autre" title="Autre image">↻</button></td></tr>
<tr><td colspan="3"><input type="checkbox" name="a3"> J'ai lu les conditions générales</td></tr></table>
<input type="submit" value="Continuer"></form><a href="/">Abandonner</a>`);

const form = page(`<form method="post" action="/envoi"><table>
${row('Raison sociale *', 'b1')}${row('N° de rue', 'b2')}${row('Bis / ter', 'b3')}${row('Nature de la voie', 'b4', '<select name="b4"><option>rue</option></select>')}
${row('Nom de la voie *', 'b5')}${row("Complément d'adresse", 'b6')}${row('CP *', 'b7')}${row('Commune *', 'b8')}
${row('Téléphone de l’établissement *', 'b9')}${row('E-mail de l’établissement *', 'b10')}${row('Télécopie', 'b11')}${row('Confirmation *', 'b12')}
${row('Nom *', 'b13')}${row('Prénom *', 'b14')}${row('Téléphone *', 'b15')}${row('E-mail *', 'b16')}${row('Confirmation *', 'b17')}
${row('Question *', 'b18')}${row('Réponse *', 'b19')}</table><input type="submit" value="Transmettre"> <a href="/">Abandonner</a></form>`);

/** Where its fields are, but for those that it calls as the procedure does. */
export const foreignFields = {
  ...{ utilisateur: 'input[name="login"]', motDePasse: 'input[name="mdp"]' },
  ...{ siret: 'input[name="a1"]', code: 'input[name="a2"]', cgu: 'input[name="a3"]' },
  ...{ denomination: 'input[name="b1"]', numeroVoie: 'input[name="b2"]', extensionVoie: 'input[name="b3"]' },
  ...{ typeVoie: 'select[name="b4"]', libelleVoie: 'input[name="b5"]' },
  ...{ codePostal: 'input[name="b7"]', ville: 'input[name="b8"]', telephone: 'input[name="b9"]' },
  ...{ courriel: 'input[name="b10"]', fax: 'input[name="b11"]', confirmerCourriel: 'input[name="b12"]' },
  ...{ courrielUtilisateur: 'input[name="b16"]', confirmerCourrielUtilisateur: 'input[name="b17"]' },
  questionSecrete: 'input[name="b18"]',
};

/** A site in words of its own, as somebody else would make it: enough of one to look at, from home to form. */
export async function startForeignSite(): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((asked, answer) => {
    let posted = '';
    asked.on('data', (chunk) => {
      posted += chunk;
    });
    asked.once('end', () => {
      const given = new URLSearchParams(posted);
      const passes =
        given.get('a2') === foreignCode && given.has('a3') && /^\d{14}$/.test(given.get('a1') ?? '');
      const step = () => (asked.method === 'POST' && passes ? form : siretStep(posted ? 'Code erroné.' : ''));
      const found = asked.url === '/' ? home : asked.url?.startsWith('/inscription') ? step() : undefined;
      answer.writeHead(found ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' }).end(found);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
